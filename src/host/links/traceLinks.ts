import * as vscode from 'vscode';
import { errorText } from '../../core/base/errorText.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { isAbort } from '../../core/base/sourceError.ts';
import type { Log } from '../../core/ports.ts';
import { parseTraceLink, type TraceLink } from '../../core/trace/traceLink.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import { complain, confirm, inform } from '../notices.ts';
import type { Waterfalls } from '../waterfall/waterfalls.ts';

export interface TraceLinksOptions {
  readonly engine: Pick<EngineSession, 'source'>;
  readonly waterfalls: Pick<Waterfalls, 'open' | 'openSpan'>;
  readonly log: Log;
}

/** Opens traces by `vscode://` links from elsewhere, each once the user agrees: any page and program can write one. */
export function registerTraceLinks(options: TraceLinksOptions): Disposable {
  let isAsking = false;
  return vscode.window.registerUriHandler({
    handleUri: async (uri) => {
      // A page that opens many links at once gets one question.
      if (isAsking) return;
      isAsking = true;
      try {
        const link = await askedFor(parseTraceLink(uri), options).finally(() => (isAsking = false));
        if (link) await openLink(link, options);
      } catch (error) {
        if (isAbort(error)) return;
        options.log.error('A link was not opened.', error);
        void complain(errorText(error));
      }
    },
  });
}

/** The link, once the user wants it opened. */
async function askedFor(
  link: TraceLink | undefined,
  { engine }: TraceLinksOptions,
): Promise<TraceLink | undefined> {
  if (!link) {
    void inform(vscode.l10n.t("This link doesn't lead to a trace."));
    return undefined;
  }
  const { label } = await engine.source();
  const isWanted = await confirm(
    vscode.l10n.t('Open trace {0}?', link.traceId),
    vscode.l10n.t('A link outside the editor asks to open it. It is read from: {0}', label),
    vscode.l10n.t('Open Trace'),
  );
  return isWanted ? link : undefined;
}

async function openLink(
  { traceId, spanId }: TraceLink,
  { waterfalls }: TraceLinksOptions,
): Promise<void> {
  if (spanId === undefined) await waterfalls.open(traceId);
  else await waterfalls.openSpan({ traceId, spanId, label: spanId });
}
