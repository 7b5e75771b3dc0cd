import { render } from 'preact';
import { errorText } from '../../src/core/base/errorText.ts';
import { useMessages, type MessageBundle } from '../../src/core/base/message.ts';
import { showsMatches } from '../../src/core/waterfall/viewNames.ts';
import { isSeen, readSavedState, unseenState } from '../../src/protocol/savedState.ts';
import { protocolVersion } from '../../src/protocol/waterfall.ts';
import { pageActions } from './actions.ts';
import { App } from './app.tsx';
import { askAttributes } from './filter/askAttributes.ts';
import { connectHost } from './host.ts';
import { keepHabits } from './keepHabits.ts';
import { WaterfallModel } from './model.ts';
import { restoreView, savedView, showAgain } from './savedView.ts';
import { focusFilter } from './filter/filterField.tsx';
import { pictureBytes } from './picture/pictures.ts';
import { pointOut } from './follow/pointOut.ts';
import { Selections } from './follow/selections.ts';
import { rehearse } from './rehearsal.ts';
import { tellUse } from './tellUse.ts';
import './waterfall.css';

const model = new WaterfallModel();
const selections = new Selections(model);
const { host, keeper } = connectHost(
  {
    selectRows: ({ rows, label }) => {
      if (!showsMatches(model.view)) model.setView('waterfall');
      model.mark(rows, label);
      selections.settle();
      return {};
    },
    pointOut: ({ rows, label }) => {
      pointOut(model, rows, label);
      selections.settle();
      return {};
    },
    showComparison: () => {
      model.showComparison();
      return {};
    },
    focusFilter: () => {
      const hasField = model.view !== 'compare';
      if (!hasField) model.setView('waterfall');
      if (hasField) focusFilter();
      else requestAnimationFrame(() => window.setTimeout(focusFilter)); // once it is drawn
      return {};
    },
    drawPicture: async ({ format }, signal) => ({
      data: await pictureBytes(model, format, signal),
    }),
  },
  {
    traceChanged: (opened) => {
      showAgain(model, opened);
      selections.settle();
    },
    growthChanged: (growth) => model.setGrowth(growth),
  },
);

function open(): void {
  model.fail('');
  host.call('ready', { version: protocolVersion }).then(
    ({ trace, messages, habits }) => {
      useMessages(messages);
      model.show(trace, habits);
      const state = keeper.getState();
      const saved = isSeen(state) ? readSavedState(state) : undefined;
      if (saved && saved.traceId === trace.shape.traceId) restoreView(model, saved);
      selections.settle();
      keepState();
    },
    (error: unknown) => model.fail(errorText(error)),
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
const { traceId, messages } = root?.dataset ?? {};
useMessages(JSON.parse(messages ?? '{}') as MessageBundle);
if (traceId && !readSavedState(keeper.getState())) keeper.setState(unseenState(traceId));
askAttributes(host, model);
keepHabits(host, model);
tellUse(host);
const actions = pageActions({ host, model, selections, retry: open });
open();
if (root) render(<App model={model} host={host} actions={actions} />, root);
// Behind the first frame, which says that the trace is on its way.
requestAnimationFrame(() => {
  window.setTimeout(() => {
    if (!model.trace) rehearse();
  });
});
