import { useState } from 'preact/hooks';

export interface SashProps {
  readonly label: string;
  /** `column`: dragged left and right; `row`: up and down. */
  readonly direction: 'column' | 'row';
  /** Share of the surrounding element, 0 to 1, that lies before the sash; asked anew at each key. */
  readonly share: () => number;
  readonly className: string;
  readonly onShare: (share: number) => void;
}

/** A border that can be dragged, or moved with the arrow keys once it has the focus. */
export function Sash({ label, direction, share, className, onShare }: SashProps) {
  const [dragging, setDragging] = useState(false);
  const onPointerMove = (event: PointerEvent) => {
    const target = event.currentTarget;
    if (!dragging || !(target instanceof HTMLElement) || !target.parentElement) return;
    const bounds = target.parentElement.getBoundingClientRect();
    onShare(
      direction === 'column'
        ? (event.clientX - bounds.left) / bounds.width
        : (event.clientY - bounds.top) / bounds.height,
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [less, more] =
      direction === 'column' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    if (event.key !== less && event.key !== more) return;
    event.preventDefault();
    onShare(share() + (event.key === less ? -0.02 : 0.02));
  };
  return (
    <div
      class={`sash sash-${direction} ${className}${dragging ? ' dragging' : ''}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={direction === 'column' ? 'vertical' : 'horizontal'}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share() * 100)}
      onMouseDown={(event: MouseEvent) => event.preventDefault()} // the keyboard stays where it is
      onPointerDown={(event: PointerEvent) => {
        if (event.button !== 0) return;
        if (event.currentTarget instanceof HTMLElement)
          event.currentTarget.setPointerCapture(event.pointerId);
        setDragging(true);
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => setDragging(false)}
      onPointerCancel={() => setDragging(false)}
      onKeyDown={onKeyDown}
    />
  );
}
