import type { MessageBundle } from '../core/base/message.ts';
import type { SettingEntries, SettingReader } from '../core/base/setting.ts';
import type { NetworkSettings } from './http/access.ts';

export type { NetworkSettings };

/**
 * All that the editor and the command line know of a kind of source, in `descriptor.ts` of its folder. It is
 * light: what reads traces is in the engine's bundle alone (openSource.ts).
 */
export interface SourceDescriptor<
  Settings extends { readonly kind: string },
  Values extends object = object,
> {
  /** Names its settings in a message, and is its value in `spanhop.source`. */
  readonly kind: Settings['kind'];
  /** Absent: the editor doesn't offer it. */
  readonly editor?: SourceInEditor<Settings, Values>;
  readonly commandLine: SourceOnCommandLine<Settings>;
}

/** What the editor shows of a source, asks for it and keeps for it. */
export interface SourceInEditor<Settings, Values extends object, Command = string> {
  /** In the picker and the status bar. */
  readonly label: () => string;
  /** Of VS Code's codicons. */
  readonly icon: string;
  /** In the picker, below its name. */
  readonly detail: (setting: SettingReader<Values>) => string;
  /** In the menu: where traces are read from, without credentials. */
  readonly place: (setting: SettingReader<Values>) => string;
  readonly settings: SettingEntries<Values>;
  /** This window's OTLP receiver fills it: it runs while the source is chosen, and `settings` are its own. */
  readonly receives?: boolean;
  /** What has to be answered before it is chosen. */
  readonly address?: AskedAddress<Values, Command>;
  readonly secret?: SourceSecret<Values, Command>;
  /** Its server is asked for what else it needs (`discoverSource`) before it is chosen, and can say who may read it. */
  readonly discovers?: {
    /** Settings of one server, as they are for another until that is asked. */
    readonly undiscovered: Partial<Values>;
  };
  /** Its own web page, which shows one trace with a span of it. */
  readonly page?: {
    readonly name: string;
    /** Without credentials; undefined where the settings name no address. */
    readonly url: (
      setting: SettingReader<Values>,
      span: { readonly traceId: string; readonly spanId: string },
    ) => string | undefined;
  };
  /** How to open it, as the settings say now. */
  readonly read: (given: {
    readonly setting: SettingReader<Values>;
    /** By name, for what `secret` is bound to; none without it. */
    readonly secrets: Readonly<Record<string, string>>;
    /** Of the store that every window shares. */
    readonly databasePath: string;
    /** The editor's own settings for the network; absent: what the environment says. */
    readonly network?: NetworkSettings;
  }) => Settings;
}

/** One line of text asked of the user. */
export interface Question {
  readonly title: string;
  readonly prompt: string;
  readonly value?: string;
  readonly placeHolder?: string;
  /** The answer isn't shown. */
  readonly password?: boolean;
  /** @returns what is wrong with the answer, as a sentence */
  readonly check: (answer: string) => string | undefined;
}

/** Where a server is, asked with a command of its own and when its source is chosen. */
export interface AskedAddress<Values extends object, Command = string> {
  readonly command: Command;
  readonly question: (setting: SettingReader<Values>) => Question;
  /** The settings that an answer stands for. */
  readonly settings: (answer: string) => Partial<Values>;
}

/**
 * What no settings file may hold, kept in the editor's secret storage for one server and given to no other.
 * Several have a name each.
 */
export interface SourceSecret<Values extends object, Command = string> {
  /** Beginning of its keys in the secret storage. */
  readonly storedAs: `spanhop.${string}`;
  /** What it belongs to: an origin, or another address in words; undefined: none that is valid is set. */
  readonly boundTo: (setting: SettingReader<Values>) => string | undefined;
  /** Said where there is nothing to bind it to. */
  readonly unbound: (setting: SettingReader<Values>) => string;
  readonly commands: { readonly set: Command; readonly remove: Command };
  /** In the menu, where the server asks for it. */
  readonly remedy: () => string;
  /** Asked first. */
  readonly name: (boundTo: string, setting: SettingReader<Values>) => Question;
  /** The settings that the name stands for. */
  readonly settings?: (name: string) => Partial<Values>;
  readonly value: (boundTo: string, name: string) => Question;
  /** Said once it is removed. */
  readonly removed: (boundTo: string) => string;
}

/** What a server says of the settings that it needs besides its address. */
export type Discovery<Values> =
  | {
      readonly kind: 'found';
      /** What was found, as sentences. */
      readonly said: string;
      readonly settings: Partial<Values>;
    }
  | {
      /** One has to be chosen before more is known. */
      readonly kind: 'several';
      readonly title: string;
      readonly choices: readonly { readonly label: string; readonly settings: Partial<Values> }[];
    };

export interface SourceOnCommandLine<Settings> {
  /** Its flags without dashes, as the help lists them; the first one chooses the source. */
  readonly flags: Readonly<Record<string, SourceFlag>>;
  /** Chosen by the argument of a command, as this names it; it has no flags then. */
  readonly argument?: { readonly name: string; readonly help: string };
  /**
   * What the flags say, the source being chosen by them.
   * @throws UsageError a sentence: what is wrong and how it is written; never with a secret
   */
  readonly read: (given: GivenFlags) => Settings;
  /** The settings with what this machine has of them: files absolute, secrets. @throws UsageError a file isn't there. */
  readonly locate?: (settings: Settings, machine: Machine) => Settings;
  /** A document with an end, named as in sentences: all of it is read unless asked otherwise, and it may not be empty. */
  readonly document?: (settings: Settings) => string;
  /** Sentences of its errors that name commands and settings, with the flags in their place. */
  readonly wording?: MessageBundle;
}

interface SourceFlag {
  /** What stands behind it in the help: `URL`; in brackets where it can be left out. */
  readonly value: string;
  readonly help: string;
  readonly repeats?: boolean;
  /** It can stand alone: the next argument is its value only where it looks like this. */
  readonly valueLike?: RegExp;
}

/** What was given for the flags of a source. */
export interface GivenFlags {
  /** Of the flag, or the argument; empty where it wasn't given. */
  text(flag: string): string;
  /** Of a flag that can be repeated. */
  all(flag: string): readonly string[];
  /** For each answer of a server. */
  readonly timeoutMs: number;
}

/** What the command line runs on. */
export interface Machine {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}
