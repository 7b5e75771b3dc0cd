import { formatDuration, formatPercent } from '../../core/base/format.ts';
import { message } from '../../core/base/message.ts';
import type { TimeWindow } from '../../core/base/timeWindow.ts';
import { epochFromMilliseconds, microseconds, type SpanRow } from '../../core/base/units.ts';
import type { CodeLocation, WorkspacePath } from '../../core/code/location.ts';
import { percentileBasis, percentileText } from '../../core/correlate/lens/percentileText.ts';
import { kindText } from '../../core/explain/explainText.ts';
import { lineName, loopText, oneLoop } from '../../core/explain/loopText.ts';
import type { TraceCostLine, TraceCosts } from '../../core/explain/traceCosts.ts';
import type { Handlers } from '../../protocol/rpc.ts';
import type { ShownCost, ShownCosts, TraceCostMethods } from '../../protocol/traceCosts.ts';
import type { OpenAnswer } from '../editor/openCode.ts';
import { placeDetails, placeName } from '../explain/placeText.ts';
import { readCostSelector, readRowRequest } from './requestShapes.ts';
import type { ShownTrace } from './shownTrace.ts';

export interface CostHandlersOptions {
  readonly trace: Pick<ShownTrace, 'costs' | 'costRows' | 'percentile'>;
  readonly folders: () => readonly WorkspacePath[];
  /** Of the figures that a span is compared with. */
  readonly window: () => TimeWindow;
  readonly openCode: (location: CodeLocation, signal: AbortSignal) => Promise<OpenAnswer>;
}

/** Why a page's trace took so long: where its time went, and how slow a span is among others. */
export function costHandlers({
  trace,
  folders,
  window,
  openCode,
}: CostHandlersOptions): Handlers<TraceCostMethods> {
  const lineAt = async (row: SpanRow, signal: AbortSignal) =>
    (await trace.costs(signal))?.lines.find((line) => line.row === row);
  return {
    traceCosts: async (_params, signal) => {
      const costs = await trace.costs(signal);
      return { costs: costs && shownCosts(costs, folders()) };
    },
    costRows: async (params, signal) => {
      const of = readCostSelector(params);
      const line = 'row' in of ? await lineAt(of.row, signal) : undefined;
      const kind = 'kind' in of ? kindText(of.kind) : '';
      const rows = await trace.costRows(of, signal);
      return {
        rows,
        label: line === undefined ? message('Time spent on {0}', kind) : nameOf(line),
      };
    },
    openLoop: async (params, signal) => {
      const line = await lineAt(readRowRequest(params).row, signal);
      const loop = line && oneLoop(line.cost.loops);
      return loop
        ? openCode(loop, signal)
        : { opened: false, reason: message("This call isn't in a known loop.") };
    },
    spanPercentile: async (params, signal) => {
      const { row } = readRowRequest(params);
      const found = await trace.percentile(row, window(), signal);
      const now = epochFromMilliseconds(Date.now());
      return {
        percentile: found && {
          text: percentileText(found),
          basis: percentileBasis(found, now),
        },
      };
    },
  };
}

/** The costs of a trace in words; locations are files and lines without folders, but for the details. */
const shownCosts = (
  { kinds, lines, dominant }: TraceCosts,
  folders: readonly WorkspacePath[],
): ShownCosts => ({
  kinds: kinds.map(({ kind, share }) => ({
    kind,
    name: kindText(kind),
    share,
    percent: formatPercent(share),
  })),
  lines: lines.map((line) => shownCost(line, folders)),
  dominant,
});

function shownCost(line: TraceCostLine, folders: readonly WorkspacePath[]): ShownCost {
  const { row, depth, cost } = line;
  return {
    row,
    depth,
    share: cost.share,
    percent: formatPercent(cost.share),
    name: nameOf(line),
    time: formatDuration(microseconds(cost.timePerRequest.slow)),
    place: cost.location === undefined ? '' : lineName(cost.location),
    loop: loopText(cost.loops) ?? '',
    isSureLoop: oneLoop(cost.loops) !== undefined,
    kind: cost.kind,
    details: placeDetails(cost, folders),
  };
}

const nameOf = ({ cost }: TraceCostLine): string => placeName(cost);
