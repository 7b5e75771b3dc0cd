import type { SettingEntry } from '../core/base/setting.ts';
import { cassandra } from './cassandra/descriptor.ts';
import { file } from './file/descriptor.ts';
import { jaeger } from './jaeger/descriptor.ts';
import { local } from './local/descriptor.ts';
import type { Machine, SourceInEditor, SourceOnCommandLine } from './sourceDescriptor.ts';

/** Every source, as the picker and the help list them. */
export const sources = { local, jaeger, cassandra, file } as const;

type Sources = typeof sources;
export type SourceKind = keyof Sources;

/** Where traces are read from, by kind. They may hold secrets: they are never logged. */
export type SourceSettings<Kind extends SourceKind = SourceKind> = {
  [K in Kind]: { readonly kind: K } & ReturnType<Sources[K]['commandLine']['read']>;
}[Kind];

/** The kinds that `spanhop.source` can name. */
export type EditorSourceKind = {
  [K in SourceKind]: Sources[K] extends { readonly editor: object } ? K : never;
}[SourceKind];

type Editors = Sources[EditorSourceKind]['editor'];
type Entries = Intersection<Editors['settings']>;
type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

/** Each setting of a source with its type. */
export type SourceValues = {
  [Id in keyof Entries]: Entries[Id] extends SettingEntry<infer Value> ? Value : never;
};

/** The commands that ask for a source's address and secret. */
export type SourceCommandId =
  | Extract<Editors, { address: object }>['address']['command']
  | Extract<Editors, { secret: object }>['secret']['commands']['set' | 'remove'];

/** A source that the editor offers, whichever it is. */
export interface EditorSource {
  readonly kind: EditorSourceKind;
  readonly editor: Omit<
    SourceInEditor<SourceSettings, SourceValues, SourceCommandId>,
    'settings'
  > & {
    readonly settings: Partial<Entries>;
  };
}

export const editorSources: readonly EditorSource[] = Object.values(sources).flatMap((source) =>
  'editor' in source ? [source] : [],
);

/** The settings of all of them. */
export const sourceSettings = Object.assign(
  {},
  ...editorSources.map(({ editor }) => editor.settings),
) as Entries;

/** What is read where nothing is chosen. */
export const defaultKind = 'local' satisfies EditorSourceKind;

/** A source on the command line, whichever it is. */
export interface CommandLineSource {
  readonly kind: SourceKind;
  readonly commandLine: Omit<SourceOnCommandLine<SourceSettings>, 'locate' | 'document'>;
}

export const commandLineSources: readonly CommandLineSource[] = Object.values(sources);

const byKind: {
  readonly [K in SourceKind]: { readonly commandLine: SourceOnCommandLine<SourceSettings<K>> };
} = sources;

/** The settings with what this machine has of them: see `SourceOnCommandLine.locate`. */
export function located<Kind extends SourceKind>(
  settings: SourceSettings<Kind>,
  machine: Machine,
): SourceSettings<Kind> {
  const { locate } = byKind[settings.kind].commandLine;
  return locate ? locate(settings, machine) : settings;
}

/** The name of the document that is read: see `SourceOnCommandLine.document`; undefined: it is none. */
export function documentOf<Kind extends SourceKind>(
  settings: SourceSettings<Kind>,
): string | undefined {
  return byKind[settings.kind].commandLine.document?.(settings);
}
