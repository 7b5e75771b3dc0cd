import { message } from '../../../src/core/base/message.ts';
import { requestUrl } from '../../../src/core/trace/export/spanCurl.ts';
import { spanKinds } from '../../../src/core/trace/trace.ts';
import type { SpanDetail } from '../../../src/protocol/waterfall.ts';
import { Menu } from '../menu.tsx';
import type { DetailTools } from './tools.ts';

export interface SpanMenuProps {
  readonly detail: SpanDetail;
  /** Code of `spanKinds`. */
  readonly kind: number | undefined;
  readonly tools: DetailTools;
}

/** Copies the span in other forms, and opens it elsewhere. */
export function SpanMenu({ detail, kind, tools }: SpanMenuProps) {
  const { attributes, sourcePage } = detail;
  const url = requestUrl({ attributes, kind: spanKinds[kind ?? 0] ?? 'unspecified' });
  const items = [
    { label: message('Copy as JSON'), onChoose: () => tools.copySpan('json') },
    { label: message('Copy as OTLP JSON'), onChoose: () => tools.copySpan('otlp') },
    ...(url === undefined
      ? []
      : [{ label: message('Copy as curl'), onChoose: () => tools.copySpan('curl') }]),
    ...(sourcePage === ''
      ? []
      : [
          {
            label: message('Open in {0}', sourcePage),
            onChoose: tools.openSourcePage,
            beginsGroup: true,
          },
        ]),
  ];
  return <Menu icon="copy" label={message('Copy or open this span')} items={items} />;
}
