import { UsageError } from '../core/base/usageError.ts';
import {
  commandLineSources,
  defaultKind,
  sources,
  type CommandLineSource,
  type SourceSettings,
} from '../sources/registry.ts';

/** What `parseArgs` read of the flags. */
export type FlagValues = Readonly<
  Record<string, string | boolean | (string | boolean)[] | undefined>
>;

const flags = commandLineSources.flatMap(({ commandLine }) => Object.entries(commandLine.flags));

/** The sources' flags as `parseArgs` takes them. */
export const sourceOptions: Readonly<Record<string, { type: 'string'; multiple: boolean }>> =
  Object.fromEntries(
    flags.map(([name, { repeats = false }]) => [name, { type: 'string', multiple: repeats }]),
  );

const choosingFlag = ({ commandLine }: CommandLineSource): string =>
  Object.keys(commandLine.flags)[0] ?? '';
const chosenBy = (source: CommandLineSource): string => {
  const { argument } = source.commandLine;
  return argument ? `a ${argument.name}` : `--${choosingFlag(source)}`;
};

/** `--local, --jaeger or a file`: how sources are chosen. */
export const sourceChoices = listed(commandLineSources.map(chosenBy));

/** A flag whose value can be left out gets an empty one: `parseArgs` wants a value always. */
export function withEmptyValues(args: readonly string[]): string[] {
  const standing = new Map(
    flags.flatMap(([name, { valueLike }]) => (valueLike ? [[`--${name}`, valueLike]] : [])),
  );
  return args.flatMap((argument, index) => {
    const next = args[index + 1];
    const valueLike = standing.get(argument);
    if (valueLike) return [`${argument}=${next !== undefined && valueLike.test(next) ? next : ''}`];
    return standing.get(args[index - 1] ?? '')?.test(argument) === true ? [] : [argument];
  });
}

/**
 * The source that the flags or the command's argument choose; Local traces where nothing does.
 * @param timeoutMs for each answer of a server
 * @throws UsageError several are chosen, a flag lacks the one it goes with, or a value is wrong
 */
export function sourceOf(
  values: FlagValues,
  argument: string | undefined,
  timeoutMs: number,
): SourceSettings {
  const isChosen = (source: CommandLineSource) =>
    (source.commandLine.argument ? argument : values[choosingFlag(source)]) !== undefined;
  const [chosen, ...others] = commandLineSources.filter(isChosen);
  if (others.length > 0) throw new UsageError(`Use only one trace source: ${sourceChoices}.`);
  for (const source of commandLineSources)
    for (const flag of Object.keys(source.commandLine.flags))
      if (source !== chosen && values[flag] !== undefined)
        throw new UsageError(`--${flag} requires ${chosenBy(source)}.`);
  const all = (flag: string) =>
    [values[flag] ?? []].flat().filter((value) => typeof value === 'string');
  return (chosen ?? sources[defaultKind]).commandLine.read({
    text: (flag) =>
      flag === chosen?.commandLine.argument?.name ? (argument ?? '') : (all(flag)[0] ?? ''),
    all,
    timeoutMs,
  });
}

/** The help's lines on sources: flag and value, and what they are. */
export const sourceHelp = commandLineSources.flatMap(({ commandLine }) => {
  const { argument } = commandLine;
  return [
    ...Object.entries(commandLine.flags).map(([name, { value, help }]) =>
      helpLine(`--${name} ${value}`, help),
    ),
    ...(argument ? [helpLine(argument.name, argument.help)] : []),
  ];
});

function helpLine(flag: string, help: string): string {
  const column = flag.length > 21 ? `${flag} ` : flag.padEnd(21);
  return `  ${column} ${help}`;
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}
