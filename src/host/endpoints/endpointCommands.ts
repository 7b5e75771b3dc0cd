import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { Log } from '../../core/ports.ts';
import { registerTargetCommand } from '../commands.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import type { FigureFeed } from '../figures/figureFeed.ts';
import { pickTrace } from '../traces/pickTrace.ts';
import type { Waterfalls } from '../waterfall/waterfalls.ts';
import { inform } from '../notices.ts';

export interface EndpointCommandsOptions {
  readonly engine: EngineSession;
  readonly feed: FigureFeed;
  readonly waterfalls: Waterfalls;
  readonly log: Log;
}

/** From a handler to its code and its traces: for lenses, hovers and the rows of the Endpoints view. */
export function registerEndpointCommands(options: EndpointCommandsOptions): Disposable {
  const { engine, feed, waterfalls, log } = options;
  const owned = new DisposableStore();
  owned.add(
    registerTargetCommand('spanhop.showHandlerTraces', log, async (endpoint) => {
      const summary = await pickTrace({
        title: vscode.l10n.t('Slowest traces of {0}', endpoint.title),
        read: async (signal) => {
          const window = feed.window();
          const { endpointId } = endpoint;
          return engine.call('tracesOf', { endpointId, window, limit: 50 }, signal);
        },
      });
      if (summary) await waterfalls.open(summary.traceId, endpoint.location);
    }),
  );
  owned.add(
    registerTargetCommand(
      'spanhop.openSlowestTrace',
      log,
      async ({ slowestTraceId, location, title }) => {
        if (slowestTraceId !== undefined) await waterfalls.open(slowestTraceId, location);
        else void inform(vscode.l10n.t('No traces of {0}.', title));
      },
    ),
  );
  owned.add(
    registerTargetCommand('spanhop.showCallTrace', log, ({ traceId, location }) =>
      waterfalls.open(traceId, location),
    ),
  );
  owned.add(
    registerTargetCommand('spanhop.openLatestTrace', log, ({ latest }) =>
      waterfalls.openSpan(latest),
    ),
  );
  return owned;
}
