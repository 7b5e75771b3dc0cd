import { message } from '../../base/message.ts';
import type { CodeIndex, CodeLocation } from '../../code/model.ts';
import { symbolAt } from '../ladder/namedPlace.ts';
import { followMethod } from '../ladder/followMethod.ts';
import { functionNamed } from '../ladder/namedCode.ts';
import { isOtherLanguage, shownFunction } from '../ladder/otherLanguage.ts';
import type { PathOptions } from '../ladder/options.ts';
import { findMappedSource, findWorkspaceFiles } from '../ladder/workspaceFile.ts';
import type { Match } from '../match.ts';
import type { StackFrame } from './stackFrame.ts';

/** A place in the workspace that a stack trace names. */
export type FramePlace = Pick<Match, 'location' | 'symbol' | 'confidence' | 'reason' | 'drifted'>;

/**
 * Where in the workspace a frame is: through source maps, and by the name of its function where its line
 * isn't in it any more or is of a compiled file. Undefined: not of the workspace.
 * @param reason what the frame is, as a sentence
 */
export function locateFrame(
  frame: StackFrame,
  index: CodeIndex,
  options: PathOptions,
  reason: string,
): FramePlace | undefined {
  const { path, line, column } = frame;
  const source = findMappedSource(path, line, column, index, options);
  if (source !== undefined) {
    return locateLine(source.location, source.certain, frame, index, reason);
  }
  const { files, certain, compiled } = findWorkspaceFiles(path, index, options);
  const [file, ...others] = files;
  if (file === undefined) return undefined;
  if (compiled) return locateFunction(frame, files, index, reason);
  return locateLine(
    { path: file, line, column },
    certain && others.length === 0,
    frame,
    index,
    reason,
  );
}

function locateLine(
  recorded: CodeLocation,
  certain: boolean,
  { functionName }: StackFrame,
  index: CodeIndex,
  reason: string,
): FramePlace {
  const named = functionNamed(functionName);
  const followed = followMethod(recorded, named, index);
  if (followed.kind === 'moved') {
    const { location } = followed.method;
    return {
      location,
      symbol: symbolAt(location, index),
      confidence: certain ? 'strong' : 'likely',
      reason: `${reason} ${message('The code changed since: this is the function, not the line.')}`,
      drifted: true,
    };
  }
  const isSure = certain && followed.kind !== 'unsure';
  if (isOtherLanguage(recorded, index)) {
    const symbol = named ? shownFunction(named) : symbolAt(recorded, index);
    return { location: recorded, symbol, confidence: 'likely', reason };
  }
  const symbol = symbolAt(recorded, index);
  return { location: recorded, symbol, confidence: isSure ? 'exact' : 'likely', reason };
}

/** Without a source map the lines of a compiled file say nothing; the function's name does. */
function locateFunction(
  { functionName }: StackFrame,
  files: readonly string[],
  index: CodeIndex,
  reason: string,
): FramePlace | undefined {
  const wanted = functionNamed(functionName);
  const methods = files
    .flatMap((file) => index.methodsOf(file))
    .filter(({ name, className }) => name === wanted?.name && className === wanted.className);
  const [method] = methods;
  if (method === undefined || methods.length > 1) return undefined;
  return {
    location: method.location,
    symbol: symbolAt(method.location, index),
    confidence: 'likely',
    reason: `${reason} ${message('There is no source map: this is the function, not the line.')}`,
  };
}
