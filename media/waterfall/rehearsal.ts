import { epochMicroseconds, microseconds } from '../../src/core/base/units.ts';
import type { OpenedTrace } from '../../src/protocol/waterfall.ts';
import { WaterfallModel } from './model.ts';
import { pageTrace } from './openTrace.ts';
import { RowView } from './rows/rowView.ts';

/**
 * What the page is drawn of, out of sight, while its trace is on its way: what can be made without it (controls, rows that are
 * not shown yet, their code) is there when it comes.
 */
export const noTrace = pageTrace(plainTrace(0));

/** Opens a trace of one span and draws its row, in no page: a browser compiles a function when it is first called. */
export function rehearse(): void {
  const model = new WaterfallModel();
  model.show(plainTrace(1));
  if (!model.trace) return;
  const place = { widths: { names: 400, timeline: 400 }, base: 0, drawing: 0 };
  new RowView().draw(model, model.trace, 0, place);
}

/** @param size spans, each a root without a name */
function plainTrace(size: 0 | 1): OpenedTrace {
  const none = new Int32Array(size).fill(-1);
  return {
    shape: {
      traceId: '',
      start: epochMicroseconds(Number.NaN), // to be known: no date is written
      duration: microseconds(size),
      size,
      services: [''],
      operations: [''],
      operationNames: [''],
      columns: {
        start: new Float64Array(size),
        duration: new Float64Array(size).fill(1),
        selfTime: new Float64Array(size).fill(1),
        parent: none,
        depth: new Int32Array(size),
        subtreeSize: new Int32Array(size).fill(1),
        service: new Uint32Array(size),
        operation: new Uint32Array(size),
        kind: new Uint8Array(size),
        status: new Uint8Array(size),
        critical: new Uint8Array(size),
        criticalTime: new Float64Array(size),
        criticalParts: new Uint32Array(size + 1),
        criticalFrom: new Float64Array(0),
        criticalTo: new Float64Array(0),
      },
    },
    confidence: new Uint8Array(size),
    repeats: new Uint32Array(size),
    repeatTime: new Float64Array(size),
    spanIds: new BigUint64Array(size),
    places: { texts: [], row: none },
    handlers: { texts: [], row: none },
    groups: { count: 0, of: none, from: new Uint32Array(1), members: new Uint32Array(0) },
    problems: [],
    problemCount: 0,
    notices: [],
    dropped: [],
    droppedCount: 0,
    joined: [],
  };
}
