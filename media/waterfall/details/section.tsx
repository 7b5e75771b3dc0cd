import { Fragment, type ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { formatCount } from '../../../src/core/base/format.ts';
import { message } from '../../../src/core/base/message.ts';
import type { Attributes, AttributeValue } from '../../../src/core/trace/rawSpan.ts';
import { Icon } from '../icons.tsx';
import { oneLine } from '../traceText.ts';
import { Value } from './value.tsx';

export interface SectionProps {
  readonly title: string;
  readonly count?: number;
  readonly open?: boolean;
  readonly children: ComponentChildren;
}

/** A titled part that folds, as the browser's own disclosure. */
export function Section({ title, count, open, children }: SectionProps) {
  return (
    <details class="section" open={open ?? true}>
      <summary>
        <Icon name="chevron" />
        {title}
        {count !== undefined && <span class="badge">{formatCount(count)}</span>}
      </summary>
      {children}
    </details>
  );
}

/** Attributes listed before the reader asks for all. */
const firstAttributes = 200;

export interface AttributeTableProps {
  readonly attributes: Attributes;
  readonly label: string;
  readonly copy: (text: string) => void;
}

export function AttributeTable({ attributes, label, copy }: AttributeTableProps) {
  const [all, setAll] = useState(false);
  const shown = all ? attributes : attributes.slice(0, firstAttributes);
  return (
    <>
      <table class="attributes" aria-label={label}>
        <tbody>
          {shown.map(({ key, value }, index) => (
            <tr key={index}>
              <th scope="row">
                <BreakableKey text={oneLine(key)} />
              </th>
              <td>
                <Value text={textOfValue(value)} name={oneLine(key)} copy={copy} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < attributes.length && (
        <button type="button" class="link" onClick={() => setAll(true)}>
          {message('Show all {0}', formatCount(attributes.length))}
        </button>
      )}
    </>
  );
}

/** A long key may go on in the next line after a mark, not within a word. */
function BreakableKey({ text }: { readonly text: string }) {
  return text.split(/(?<=[._:/-])/).map((part, index) => (
    <Fragment key={index}>
      {part}
      <wbr />
    </Fragment>
  ));
}

const textOfValue = (value: AttributeValue): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);
