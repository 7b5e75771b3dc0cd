import { errorsText } from '../../../../src/core/base/countText.ts';
import { formatCount, formatDuration, formatPercent } from '../../../../src/core/base/format.ts';
import { message } from '../../../../src/core/base/message.ts';
import { microseconds, spanRow } from '../../../../src/core/base/units.ts';
import { alikeLabel } from '../../../../src/core/trace/alikeLabel.ts';
import type { FlameBox } from '../../../../src/core/waterfall/flame/flameBoxes.ts';
import type { FlameLayout } from '../../../../src/core/waterfall/flame/flameLayout.ts';
import type { FlameWeight } from '../../../../src/core/waterfall/flame/flameTree.ts';
import type { PageTrace } from '../../openTrace.ts';

export const weightLabel = (weight: FlameWeight): string =>
  weight === 'selfTime' ? message('Self time') : message('Critical path');

/** What a node is called: its operation, of several what they have in common. */
export function nodeName(trace: PageTrace, { tree }: FlameLayout, node: number): string {
  const label = trace.text.operation(spanRow(tree.longest[node] ?? 0));
  return tree.mixed[node] === 1 ? alikeLabel(label) : label;
}

/** What a box says without being pointed at. */
export function boxText(trace: PageTrace, layout: FlameLayout, box: FlameBox): string {
  if (box.node < 0) return message('{0} more', formatCount(box.rest));
  const name = nodeName(trace, layout, box.node);
  const calls = layout.tree.calls[box.node] ?? 0;
  return calls > 1 ? `${name} ×${formatCount(calls)}` : name;
}

/** What a node costs, in the order in which it is looked for. */
export function nodeFacts(trace: PageTrace, layout: FlameLayout, node: number): readonly string[] {
  const { tree, weight, width } = layout;
  const calls = tree.calls[node] ?? 0;
  const errors = tree.errors[node] ?? 0;
  const matches = tree.matches[node] ?? 0;
  const time = (value: number | undefined) => formatDuration(microseconds(value ?? 0));
  const share = formatPercent((width[node] ?? 0) / (tree.whole[weight] || 1));
  return [
    trace.text.service(spanRow(tree.longest[node] ?? 0)),
    calls === 1 ? message('1 call') : message('{0} calls', formatCount(calls)),
    message('total {0}', time(tree.total[node])),
    message('self {0}', time(tree.selfTime[node])),
    weight === 'criticalTime'
      ? message('{0} of the critical path', share)
      : message('{0} of the trace', share),
    ...(errors === 0 ? [] : [errorsText(errors)]),
    ...(matches === 0
      ? []
      : [matches === 1 ? message('1 match') : message('{0} matches', formatCount(matches))]),
  ];
}

/** What a screen reader says of a box. */
export function spokenBox(trace: PageTrace, layout: FlameLayout, box: FlameBox): string {
  const text = boxText(trace, layout, box);
  return box.node < 0 ? text : [text, ...nodeFacts(trace, layout, box.node)].join(', ');
}
