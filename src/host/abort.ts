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
