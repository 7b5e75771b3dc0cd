import { message } from '../../../src/core/base/message.ts';
import type { ShownKind } from '../../../src/protocol/traceCosts.ts';
import { isSame, type Marking } from './marking.ts';

/** What the time was spent on: one bar of all of it, and a button for each part. */
export function KindShares({
  kinds,
  marked,
  mark,
}: Marking & { readonly kinds: readonly ShownKind[] }) {
  return (
    <>
      <div class="kind-bar" aria-hidden="true">
        {kinds.map(({ kind, share }) => (
          <span key={kind} class={`kind-${kind}`} style={{ flexGrow: share }} />
        ))}
      </div>
      <div class="kinds" role="group" aria-label={message('By kind')}>
        {kinds.map(({ kind, name, percent }) => (
          <button
            key={kind}
            type="button"
            class="kind"
            aria-pressed={isSame(marked, { kind })}
            onClick={() => mark({ kind })}
          >
            <span class={`kind-swatch kind-${kind}`} />
            {name} <span class="kind-share">{percent}</span>
          </button>
        ))}
      </div>
    </>
  );
}
