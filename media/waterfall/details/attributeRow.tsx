import { Fragment } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { textOfMarks, plainMark, type MarkedText } from '../../../src/core/base/markedText.ts';
import { message } from '../../../src/core/base/message.ts';
import { attributeTerm } from '../../../src/core/trace/filter/filterTerm.ts';
import type { Attribute, Attributes } from '../../../src/core/trace/rawSpan.ts';
import {
  attributeLine,
  attributeText,
  shownAttribute,
} from '../../../src/core/waterfall/details/attributeText.ts';
import { isSql } from '../../../src/core/waterfall/details/sqlStatement.ts';
import { IconButton } from '../button.tsx';
import { oneLine } from '../traceText.ts';
import type { DetailTools } from './tools.ts';
import { CopyButton, Value } from './value.tsx';

export interface AttributeRowProps {
  readonly attribute: Attribute;
  /** Among `siblings`. */
  readonly position: number;
  readonly siblings: Attributes;
  readonly isOfSpan: boolean;
  /** Tab reaches its buttons. */
  readonly isReached: boolean;
  readonly onFocus: () => void;
  readonly tools: DetailTools;
}

/** A value longer than this stands below its key. */
const longestBeside = 90;

/** One attribute: its value by type, laid out where it is JSON or SQL, and what can be done with it. */
export function AttributeRow(props: AttributeRowProps) {
  const { attribute, position, siblings, isOfSpan, tools } = props;
  const [asRecorded, setAsRecorded] = useState(false);
  const recorded = attributeText(attribute.value);
  const shown = useMemo(() => shownAttribute(attribute.value), [attribute]);
  const sql = useSql(position, isOfSpan && isSql(attribute, siblings), tools);
  const laidOut = sql ?? shown;
  const text = textOfMarks(laidOut);
  const isLaidOut = text !== recorded && text.includes('\n');
  const marked = isLaidOut && asRecorded ? plainMark(recorded) : laidOut;
  const key = oneLine(attribute.key);
  const isWide = recorded.length > longestBeside || recorded.includes('\n') || sql !== undefined;
  const tabIndex = props.isReached ? 0 : -1;
  const { filterBy } = tools;
  return (
    <tr
      class={isWide ? 'attribute attribute-wide' : 'attribute'}
      role="row"
      onFocusCapture={props.onFocus}
    >
      <th scope="row" role="rowheader">
        <BreakableKey text={key} />
      </th>
      <td role="cell">
        <Value marked={marked} name={key} />
        {isLaidOut && (
          <button type="button" class="link" onClick={() => setAsRecorded(!asRecorded)}>
            {asRecorded ? message('Show formatted') : message('Show as recorded')}
          </button>
        )}
        <div class="attribute-actions">
          <CopyButton
            name={key}
            onCopy={() => tools.copy(isLaidOut && !asRecorded ? text : recorded)}
            tabIndex={tabIndex}
          />
          <IconButton
            icon="pair"
            label={message('Copy {0} with its key', key)}
            tabIndex={tabIndex}
            onClick={() => tools.copy(attributeLine(attribute))}
          />
          {filterBy && (
            <IconButton
              icon="filter"
              label={message('Filter by this {0}', key)}
              tabIndex={tabIndex}
              onClick={() => filterBy(attributeTerm(attribute.key, attribute.value))}
            />
          )}
        </div>
      </td>
    </tr>
  );
}

/** SQL laid out by the host; undefined while it is on its way, where it isn't SQL, and where that fails. */
function useSql(
  position: number,
  isStatement: boolean,
  tools: DetailTools,
): MarkedText | undefined {
  const [marked, setMarked] = useState<MarkedText>();
  const { formatSql } = tools;
  useEffect(() => {
    setMarked(undefined);
    if (!isStatement) return undefined;
    const asking = new AbortController();
    formatSql(position, asking.signal).then(setMarked, () => undefined); // it stays as it was recorded
    return () => asking.abort();
  }, [position, isStatement, formatSql]);
  return marked;
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
