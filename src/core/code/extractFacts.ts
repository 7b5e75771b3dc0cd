import ts from 'typescript';
import { message } from '../base/message.ts';
import type { FileFacts } from './language/facts.ts';
import { recordedCalls } from './calls/libraries.ts';
import { generatedFacts, isGeneratedClient } from './calls/prisma/generatedClient.ts';
import { readExpression } from './language/extract/readExpression.ts';
import { readModule } from './language/extract/readModule.ts';
import { keepMentions } from './language/extract/recordMentions.ts';
import { startReading, type ExtractionContext } from './language/extract/extractionContext.ts';
import { walk } from './language/extract/walk.ts';
import type { WorkspacePath } from './location.ts';
import { mentionsFramework } from './relevance.ts';

const readers = { readExpression, walk, recorded: recordedCalls };

/**
 * Reads one file's facts with no other file and no types. Broken code gives fewer facts and a problem,
 * never an exception. `path` decides the language only; the facts don't hold it.
 */
export function extractFacts(path: WorkspacePath, text: string): FileFacts {
  let reading: ExtractionContext | undefined;
  try {
    reading = startReading(parse(path, text), readers);
    addSyntaxProblem(reading);
    readModule(reading);
    keepMentions(reading);
  } catch (error) {
    // The parser recurses: only nesting of thousands of levels brings it here.
    if (!(error instanceof RangeError)) throw error;
    reading ??= startReading(parse(path, ''), readers);
    reading.isTooDeep = true;
  }
  addLimits(reading);
  const facts = finish(reading, mentionsFramework(text));
  return isGeneratedClient(text) ? generatedFacts(facts) : facts;
}

function parse(path: WorkspacePath, text: string): ts.SourceFile {
  const options = {
    languageVersion: ts.ScriptTarget.Latest,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  };
  return ts.createSourceFile(path, text, options, false, scriptKindOf(path));
}

function scriptKindOf(path: string): ts.ScriptKind {
  if (path.endsWith('.tsx')) return ts.ScriptKind.TSX;
  return /\.[cm]?jsx?$/.test(path) ? ts.ScriptKind.JSX : ts.ScriptKind.TS;
}

/** The parser's own list of errors isn't in its public types. */
function addSyntaxProblem(reading: ExtractionContext): void {
  const { parseDiagnostics = [] } = reading.file as ts.SourceFile & {
    readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[];
  };
  const [first] = parseDiagnostics;
  if (!first) return;
  reading.problems.push({
    line: reading.file.getLineAndCharacterOfPosition(first.start).line + 1,
    message: message(
      'Syntax error: {0} The code after it may be missing from the index.',
      ts.flattenDiagnosticMessageText(first.messageText, ' '),
    ),
  });
}

function addLimits({ problems, isTooDeep, left }: ExtractionContext): void {
  if (isTooDeep) {
    const text = message('Partly indexed: the code is nested too deeply.');
    problems.push({ line: 1, message: text });
  }
  if (left < 0) {
    const text = message('Partly indexed: the code repeats too often.');
    problems.push({ line: 1, message: text });
  }
}

function finish(reading: ExtractionContext, mentions: boolean): FileFacts {
  const { imports, exports, classes, methods, values, types } = reading;
  const { calls, libraryCalls, setup, providers, independentLoops, problems } = reading;
  return {
    mentionsFramework: mentions,
    imports,
    exports,
    classes,
    methods,
    values,
    types,
    calls,
    libraryCalls,
    setup,
    providers,
    independentLoops,
    problems,
  };
}
