import type { CodeIndex } from '../../code/model.ts';
import { locateFailure } from '../../matching/failure.ts';
import type { PathOptions } from '../../matching/options.ts';
import type { FramePlace } from '../../matching/stack/locateFrame.ts';
import type { StackText } from '../../matching/stack/stackTexts.ts';

/** The line that an exception of a service came from; undefined: none of the workspace, or not surely. */
export type LocateStack = (text: StackText, service: string) => FramePlace | undefined;

/** @param pathsOf asked once a service */
export function locateStack(
  index: CodeIndex,
  pathsOf: (service: string) => PathOptions,
): LocateStack {
  const paths = new Map<string, PathOptions>();
  return (text, service) => {
    const options = paths.get(service) ?? pathsOf(service);
    paths.set(service, options);
    const found = locateFailure(text, index, options);
    return found?.doubtful ? undefined : found;
  };
}
