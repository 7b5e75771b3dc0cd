import { useState } from 'preact/hooks';
import { formatCount } from '../../../src/core/base/format.ts';
import { message } from '../../../src/core/base/message.ts';
import type { Attributes } from '../../../src/core/trace/rawSpan.ts';
import { attributeGroups } from '../../../src/core/waterfall/details/attributeGroups.ts';
import { AttributeRow } from './attributeRow.tsx';
import { moveAmongActions } from './moveAmongActions.ts';
import type { DetailTools } from './tools.ts';

/** Attributes listed before the reader asks for all. */
const firstAttributes = 200;
/** More than fit at a glance can be searched. */
const fewest = 12;

export interface AttributeTableProps {
  readonly attributes: Attributes;
  readonly label: string;
  readonly tools: DetailTools;
  /** They are the span's own: its SQL can be laid out. */
  readonly ofSpan?: boolean;
}

/** Attributes by group, each with what can be done with it. */
export function AttributeTable({ attributes, label, tools, ofSpan = false }: AttributeTableProps) {
  const [all, setAll] = useState(false);
  const [search, setSearch] = useState('');
  /** Its buttons are the ones that Tab reaches. */
  const [current, setCurrent] = useState<number>();
  const groups = attributeGroups(attributes, search);
  const found = groups.flatMap(({ members }) => members);
  const shown = new Set((all ? found : found.slice(0, firstAttributes)).map((one) => one.position));
  const reached = found.some(({ position }) => position === current) ? current : found[0]?.position;
  return (
    <>
      {attributes.length > fewest && (
        <input
          class="attribute-search"
          type="search"
          aria-label={message('Search {0}', label)}
          placeholder={message('Search')}
          value={search}
          onInput={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || search === '') return;
            event.stopPropagation();
            setSearch('');
          }}
        />
      )}
      {found.length === 0 ? (
        <p class="nothing">{message('No matching attributes.')}</p>
      ) : (
        <table class="attributes" role="table" aria-label={label} onKeyDown={moveAmongActions}>
          {groups.map(({ title, members }) => (
            <tbody key={title} role="rowgroup">
              {title !== '' && members.some(({ position }) => shown.has(position)) && (
                <tr class="attribute-group" role="row">
                  <th scope="rowgroup" role="columnheader" colSpan={2}>
                    {title}
                  </th>
                </tr>
              )}
              {members.map(
                ({ attribute, position }) =>
                  shown.has(position) && (
                    <AttributeRow
                      key={position}
                      attribute={attribute}
                      position={position}
                      siblings={attributes}
                      isOfSpan={ofSpan}
                      isReached={position === reached}
                      onFocus={() => setCurrent(position)}
                      tools={tools}
                    />
                  ),
              )}
            </tbody>
          ))}
        </table>
      )}
      {shown.size < found.length && (
        <button type="button" class="link" onClick={() => setAll(true)}>
          {message('Show all {0}', formatCount(found.length))}
        </button>
      )}
    </>
  );
}
