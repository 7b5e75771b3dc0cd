import type { CancellationToken } from 'vscode';

/** The editor's token as the signal everything below `host/` takes. */
export function signalFromToken(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else
    token.onCancellationRequested(() => {
      controller.abort();
    });
  return controller.signal;
}

/** What waiting ends with when nobody waits for it any more: not a failure. */
export function abortError(): Error {
  const error = new Error('Cancelled.');
  error.name = 'AbortError';
  return error;
}
