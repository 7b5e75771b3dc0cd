import * as vscode from 'vscode';
import type { Handlers } from '../../protocol/rpc.ts';
import type { LinkMethods, LinkRequest } from '../../protocol/spanLinks.ts';
import type { OpenAnswer } from '../editor/openCode.ts';
import type { SpanTarget } from '../targets.ts';
import { readLinkRequest } from './requestShapes.ts';
import type { ShownTrace } from './shownTrace.ts';

export interface LinkActionOptions {
  readonly trace: Pick<ShownTrace, 'detail' | 'join' | 'separate'>;
  /** Opens the trace that a link leads to, at the span, once it is known to be there. */
  readonly openTrace: (span: SpanTarget, signal: AbortSignal) => Promise<void>;
}

/** Follows links between traces: into the other one, or by showing both in one waterfall. */
export function linkActions({ trace, openTrace }: LinkActionOptions): Handlers<LinkMethods> {
  const otherEnd = async ({ row, link, from }: LinkRequest, signal: AbortSignal) => {
    const detail = await trace.detail(row, signal);
    return (from ? detail.linkedFrom : detail.links)[link];
  };
  const followed = async (
    params: unknown,
    signal: AbortSignal,
    follow: (span: SpanTarget) => Promise<void>,
  ): Promise<OpenAnswer> => {
    const found = await otherEnd(readLinkRequest(params), signal);
    if (!found) return { opened: false, reason: vscode.l10n.t("The span doesn't have this link.") };
    const { traceId, spanId } = found;
    await follow({ traceId, spanId, label: 'operation' in found ? found.operation : spanId });
    return { opened: true, reason: '' };
  };
  return {
    openLinkedTrace: (params, signal) =>
      followed(params, signal, (span) => openTrace(span, signal)),
    joinTrace: (params, signal) =>
      followed(params, signal, ({ traceId }) => trace.join(traceId, signal)),
    separateTraces: async () => {
      await trace.separate();
      return {};
    },
  };
}
