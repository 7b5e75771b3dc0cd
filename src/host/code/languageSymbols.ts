import * as vscode from 'vscode';
import type { WorkspacePath } from '../../core/code/location.ts';
import { isOtherSource } from '../../core/code/relevance.ts';
import {
  confirmInFile,
  findInWorkspace,
  type EditorSymbol,
} from '../../core/matching/attributes/editorSymbols.ts';
import { readNamedCode } from '../../core/matching/attributes/namedCode.ts';
import { isMatch, type SpanMatch } from '../../core/matching/match.ts';
import type { Attributes } from '../../core/trace/rawSpan.ts';
import { isInside, workspacePath } from '../paths.ts';
import { realPlace } from '../realPaths.ts';

/** Language servers that are still starting answer late: the match is then shown as it was. */
const defaultPatienceMs = 2_000;
const maxSymbols = 5_000;

/**
 * The match of a span in a language that the index doesn't read, made surer by the symbols that the
 * editor's extensions know of its file, or found by them where the span names a function only. Any other
 * match, and one without such an extension, is answered as it is.
 */
export async function refineBySymbols(
  match: SpanMatch,
  attributes: Attributes,
  folders: readonly WorkspacePath[],
  patienceMs = defaultPatienceMs,
): Promise<SpanMatch> {
  const named = readNamedCode(attributes);
  if (named.function === undefined) return match;
  if (isMatch(match) && !isOtherSource(match.location.path)) return match;
  if (isMatch(match) && (await realPlace(match.location.path, folders)).isInside) {
    const confirmed = confirmInFile(
      match,
      named,
      await symbolsOfFile(match.location.path, patienceMs),
    );
    if (confirmed !== match || named.path !== undefined) return confirmed;
  }
  if (named.path !== undefined) return match;
  const symbols = await symbolsNamed(named.function.name, patienceMs);
  const ours = symbols.filter(({ path }) => isOtherSource(path) && isInside(path, folders));
  return findInWorkspace(match, named.function, ours);
}

async function symbolsOfFile(
  path: WorkspacePath,
  patienceMs: number,
): Promise<readonly EditorSymbol[]> {
  const answer = await inTime<readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[]>(
    'vscode.executeDocumentSymbolProvider',
    vscode.Uri.file(path),
    patienceMs,
  );
  const found: EditorSymbol[] = [];
  const add = (
    symbols: readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[],
    container: string,
  ) => {
    for (const symbol of symbols) {
      if (found.length >= maxSymbols) return;
      // The command answers objects that are both kinds at once, where their provider tells ranges.
      if (!('selectionRange' in symbol)) found.push(...fromInformation(symbol));
      else {
        if (isFunction(symbol.kind)) {
          found.push({
            name: symbol.name,
            container,
            path,
            line: symbol.selectionRange.start.line + 1,
            firstLine: symbol.range.start.line + 1,
            lastLine: symbol.range.end.line + 1,
          });
        }
        add(symbol.children, symbol.name);
      }
    }
  };
  add(answer, '');
  return found;
}

async function symbolsNamed(name: string, patienceMs: number): Promise<readonly EditorSymbol[]> {
  const answer = await inTime<readonly vscode.SymbolInformation[]>(
    'vscode.executeWorkspaceSymbolProvider',
    name,
    patienceMs,
  );
  return answer.slice(0, maxSymbols).flatMap(fromInformation);
}

function fromInformation({
  name,
  kind,
  containerName,
  location,
}: vscode.SymbolInformation): readonly EditorSymbol[] {
  if (!isFunction(kind) || location.uri.scheme !== 'file') return [];
  const { start, end } = location.range;
  return [
    {
      name,
      container: containerName,
      path: workspacePath(location.uri.fsPath),
      line: start.line + 1,
      firstLine: start.line + 1,
      lastLine: end.line + 1,
    },
  ];
}

const isFunction = (kind: vscode.SymbolKind): boolean =>
  kind === vscode.SymbolKind.Function ||
  kind === vscode.SymbolKind.Method ||
  kind === vscode.SymbolKind.Constructor;

/** What a command of the editor answers; nothing when it fails or takes too long. */
async function inTime<T extends readonly unknown[]>(
  command: string,
  argument: unknown,
  patienceMs: number,
): Promise<T | readonly []> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  try {
    const asked = vscode.commands.executeCommand<T | undefined>(command, argument);
    return (await Promise.race([asked, late])) ?? [];
  } catch {
    return []; // the extension of the language failed: as if there were none
  } finally {
    clearTimeout(timer);
  }
}
