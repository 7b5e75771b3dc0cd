import { render } from 'preact';
import { useMessages } from '../../src/core/base/message.ts';
import { isSeen, readSavedState, unseenState } from '../../src/protocol/savedState.ts';
import { protocolVersion } from '../../src/protocol/waterfall.ts';
import { pageActions } from './actions.ts';
import { App } from './app.tsx';
import { askAttributes } from './filter/askAttributes.ts';
import { connectHost } from './host.ts';
import { WaterfallModel } from './model.ts';
import { markedSpans, restoreMarks, restoreView, savedView } from './savedView.ts';
import { focusFilter } from './filter/filterField.tsx';
import { tellUse } from './tellUse.ts';
import './waterfall.css';

const model = new WaterfallModel();
const { host, keeper } = connectHost(
  {
    selectRows: ({ rows, label }) => {
      model.mark(rows, label);
      return {};
    },
    focusFilter: () => {
      focusFilter();
      return {};
    },
  },
  (opened) => {
    const view = savedView(model);
    const marked = markedSpans(model);
    model.show(opened);
    if (view) restoreView(model, view);
    if (marked) restoreMarks(model, marked);
  },
);

function open(): void {
  model.fail('');
  host.call('ready', { version: protocolVersion }).then(
    ({ trace, messages }) => {
      useMessages(messages);
      model.show(trace);
      const state = keeper.getState();
      const saved = isSeen(state) ? readSavedState(state) : undefined;
      if (saved && saved.traceId === trace.shape.traceId) restoreView(model, saved);
      keepState();
    },
    (error: unknown) => model.fail(error instanceof Error ? error.message : String(error)),
  );
}

const saveDelayMs = 150;

/** Keeps the view a moment after it last changed, and at once when the page is let go. */
function keepState(): void {
  let timer = 0;
  const save = () => {
    window.clearTimeout(timer);
    const state = savedView(model);
    if (state) keeper.setState(state);
  };
  const soon = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, saveDelayMs);
  };
  model.changed(soon);
  model.onScrolled(soon);
  window.addEventListener('pagehide', save);
  soon();
}

const root = document.getElementById('waterfall');
const { traceId } = root?.dataset ?? {};
if (traceId !== undefined && !readSavedState(keeper.getState()))
  keeper.setState(unseenState(traceId));
askAttributes(host, model);
tellUse(host);
if (root) render(<App model={model} host={host} actions={pageActions(host, model, open)} />, root);
open();
