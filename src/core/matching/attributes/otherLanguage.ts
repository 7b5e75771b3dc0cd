import { message } from '../../base/message.ts';
import type { CodeIndex } from '../../code/model.ts';
import type { CodeLocation, WorkspacePath } from '../../code/location.ts';
import { textAttribute, type RawSpan } from '../../trace/rawSpan.ts';
import type { Match } from '../match.ts';
import { fileName, lookupsOf } from '../lookups.ts';
import type { FunctionName } from './namedCode.ts';

/** Files in which a class or module has its functions, by the customs of the SDK's language. */
const fileEndings: Readonly<Record<string, readonly string[]>> = {
  java: ['.java', '.kt'],
  php: ['.php'],
  dotnet: ['.cs'],
  ruby: ['.rb'],
  python: ['.py'],
  rust: ['.rs', '/mod.rs'],
};

/** False where the span's SDK is one of another language: a class here may have the name by chance. */
export const isOfJavaScript = (span: RawSpan): boolean => {
  const language = languageOf(span);
  return language === '' || isJavaScript(language);
};

/** By `telemetry.sdk.language`; Deno's own tracing calls itself `deno-rust`. */
export const isJavaScript = (language: string): boolean =>
  /^(?:nodejs|webjs|deno\b.*)$/i.test(language);

/** `telemetry.sdk.language`; empty: not told. */
export const languageOf = ({ resource }: RawSpan): string =>
  textAttribute(resource.attributes, 'telemetry.sdk.language') ?? '';

/** True for a place in a language that the index doesn't read. */
export const isOtherLanguage = ({ path }: CodeLocation, index: CodeIndex): boolean =>
  index.otherFiles.has(path);

/** The match of a recorded line in such a file: nobody has compared the line with the code there. */
export function unreadMatch(match: Match, wanted: FunctionName | undefined): Match {
  const unread = message("Spanhop doesn't index this language, so the line may have moved.");
  return {
    ...match,
    symbol: wanted === undefined ? match.symbol : shownFunction(wanted),
    confidence: match.confidence === 'weak' ? 'weak' : 'likely',
    reason: `${match.reason} ${unread}`,
  };
}

/**
 * The file that a function's name leads to where a span names no file: classes and modules are in files
 * called like them in Java, Kotlin, PHP, C#, Ruby, Python and Rust. Weak, and at the file's first line.
 */
export function matchByCustom(
  wanted: FunctionName,
  span: RawSpan,
  index: CodeIndex,
): Match | undefined {
  if (index.otherFiles.size === 0) return undefined;
  const language = languageOf(span);
  const endings = Object.hasOwn(fileEndings, language) ? (fileEndings[language] ?? []) : [];
  const [file, ...others] = filesOf(wanted, endings, index);
  if (file === undefined) return undefined;
  const symbol = shownFunction(wanted);
  const at = (path: WorkspacePath) => ({ path, line: 1, column: 1 });
  return {
    location: at(file),
    symbol,
    confidence: 'weak',
    reason: message('Only the file name matches {0}.', symbol),
    alternatives: others.map((other) => ({ location: at(other), symbol })),
    handlerId: undefined,
    callId: undefined,
  };
}

/** `Server.Price`; `price` outside classes. */
export const shownFunction = ({ className, name }: FunctionName): string =>
  className === '' ? name : `${className}.${name}`;

/** Those with the longest end in common with the name, from its whole down to its outermost part. */
function filesOf(
  { around }: FunctionName,
  endings: readonly string[],
  index: CodeIndex,
): readonly WorkspacePath[] {
  for (let length = around.length; length > 0; length--) {
    const path = around.slice(0, length).join('/');
    for (const ending of endings) {
      const found = bestByEnd(`${path}${ending}`, index);
      if (found.length > 0) return found;
    }
  }
  return [];
}

function bestByEnd(wanted: string, index: CodeIndex): readonly WorkspacePath[] {
  const files = (lookupsOf(index).filesByName.get(fileName(wanted)) ?? []).filter((file) =>
    index.otherFiles.has(file),
  );
  const parts = wanted.split('/');
  for (let length = parts.length; length > 0; length--) {
    const end = `/${parts.slice(-length).join('/')}`;
    const found = files.filter((file) => file.endsWith(end));
    // `mod.rs` alone is every module's.
    if (found.length > 0 && end !== '/mod.rs') return found;
  }
  return [];
}
