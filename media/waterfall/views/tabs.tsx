import { useEffect } from 'preact/hooks';
import { message } from '../../../src/core/base/message.ts';
import { viewNames, viewOfKey, type ViewName } from '../../../src/core/waterfall/viewNames.ts';
import type { WaterfallModel } from '../model.ts';

/** Id of the panel that the tabs switch. */
export const viewPanelId = 'view';

export const tabId = (view: ViewName): string => `tab-${view}`;

const viewLabel = (view: ViewName): string =>
  ({
    waterfall: () => message('Waterfall'),
    statistics: () => message('Statistics'),
    flame: () => message('Flame graph'),
    list: () => message('Span list'),
    services: () => message('Services'),
    compare: () => message('Compare'),
  })[view]();

interface ViewTabsProps {
  readonly model: WaterfallModel;
  /** A view was asked for, by a click or a digit. */
  readonly open: (view: ViewName) => void;
}

/** The views of the trace: one tab stop, arrow keys switch, and digits do wherever nothing is typed. */
export function ViewTabs({ model, open }: ViewTabsProps) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (model.keySheetOpen) return;
      const view = viewOfKey(event.key);
      if (view === undefined) return;
      event.preventDefault();
      open(view);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [model, open]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = viewNames.indexOf(model.view);
    const last = viewNames.length - 1;
    const next = {
      ArrowLeft: at === 0 ? last : at - 1,
      ArrowRight: at === last ? 0 : at + 1,
      Home: 0,
      End: last,
    }[event.key];
    const view = viewNames[next ?? -1];
    if (view === undefined) return;
    event.preventDefault();
    model.setView(view);
    document.getElementById(tabId(view))?.focus();
  };
  return (
    <div
      class="view-tabs"
      role="tablist"
      aria-label={message('Views of the trace')}
      onKeyDown={onKeyDown}
    >
      {viewNames.map((view, index) => (
        <button
          key={view}
          id={tabId(view)}
          type="button"
          class="view-tab"
          role="tab"
          aria-selected={view === model.view}
          aria-controls={viewPanelId}
          aria-keyshortcuts={String(index + 1)}
          tabIndex={view === model.view ? 0 : -1}
          title={`${viewLabel(view)} (${index + 1})`}
          onClick={() => open(view)}
        >
          {viewLabel(view)}
        </button>
      ))}
    </div>
  );
}

const isTyping = ({ target }: Event): boolean =>
  target instanceof HTMLElement && target.matches('input, select, textarea');
