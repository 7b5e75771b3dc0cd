import { message } from '../core/base/message.ts';

const name = 'EngineStopped';

/** What a call rejects with whose thread died; the next call starts another. */
export function engineStopped(): Error {
  const error = new Error(
    message('The Spanhop engine stopped and is restarting. See the log for details.'),
  );
  error.name = name;
  return error;
}

/** Told by its name, which survives workers. */
export const isEngineStopped = (error: unknown): error is Error =>
  error instanceof Error && error.name === name;
