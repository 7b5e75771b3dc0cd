import type { ComponentChildren } from 'preact';
import { formatCount } from '../../../src/core/base/format.ts';
import { Icon } from '../icons.tsx';
import { CopyButton } from './value.tsx';

export interface SectionProps {
  /** Names the section for as long as the page lives: one that was folded stays so for the next span. */
  readonly id: string;
  readonly title: string;
  readonly count?: number;
  readonly open?: boolean;
  /** Copies what is in it; `name` says what that is. */
  readonly copying?: { readonly name: string; readonly onCopy: () => void };
  readonly children: ComponentChildren;
}

const toggled = new Map<string, boolean>();

/** A titled part that folds, as the browser's own disclosure. */
export function Section({ id, title, count, open, copying, children }: SectionProps) {
  return (
    <details
      class="section"
      open={toggled.get(id) ?? open ?? true}
      onToggle={(event) => toggled.set(id, event.currentTarget.open)}
    >
      <summary>
        <Icon name="chevron" />
        {title}
        {count !== undefined && <span class="badge">{formatCount(count)}</span>}
      </summary>
      {copying && (
        <div class="section-actions">
          <CopyButton name={copying.name} onCopy={copying.onCopy} />
        </div>
      )}
      {children}
    </details>
  );
}
