import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { message } from '../../src/core/base/message.ts';
import { refAt } from '../../src/core/waterfall/lineRefs.ts';
import { TracesInFile } from './files/tracesInFile.tsx';
import { Icon } from './icons.tsx';
import type { Host } from './host.ts';
import { KeySheet } from './keySheet.tsx';
import type { WaterfallModel } from './model.ts';
import { JoinedNotice } from './joinedNotice.tsx';
import { Notices, Notification } from './notices.tsx';
import { noTrace } from './rehearsal.ts';
import { Summary } from './summary.tsx';
import { Toolbar } from './toolbar.tsx';
import { Body } from './body.tsx';
import { Minimap } from './timeline/minimap.tsx';
import type { PageActions } from './actions.ts';
import { Compare } from './views/compare/compare.tsx';
import { Flame } from './views/flame/flame.tsx';
import { Services } from './views/services/services.tsx';
import { Statistics } from './views/statistics/statistics.tsx';
import { tabId, viewPanelId } from './views/tabs.tsx';

export interface AppProps {
  readonly model: WaterfallModel;
  readonly host: Host;
  readonly actions: PageActions;
}

export function App({ model, host, actions }: AppProps) {
  const [, redraw] = useState(0);
  // Before the browser paints: the trace may come sooner than an effect would listen.
  useLayoutEffect(() => {
    const listening = model.changed(() => redraw(model.generation));
    return () => listening.dispose();
  }, [model]);
  const tree = useRef<HTMLDivElement>(null);
  const { trace = noTrace } = model;
  const focusTree = () => {
    if (model.selected === undefined) model.selectLine(refAt(model.lines, 0));
    tree.current?.focus();
  };
  // What shows neither the selection nor the rows isn't compared anew with each step through them.
  const { view, filter, growth, range } = model;
  const summary = useMemo(
    () => (
      <Summary
        model={model}
        trace={trace}
        host={host}
        copy={actions.copy}
        openView={actions.openView}
      />
    ),
    [trace, view, filter, growth],
  );
  const minimap = useMemo(() => <Minimap model={model} trace={trace} />, [trace, range]);
  const classes = ['page', model.onlyCritical && 'only-critical', !model.trace && 'unseen'];
  return (
    <div class={classes.filter(Boolean).join(' ')}>
      {!model.trace && <Waiting model={model} retry={actions.retry} />}
      {summary}
      <TracesInFile trace={trace} choose={actions.chooseTrace} />
      <JoinedNotice model={model} trace={trace} separate={actions.separateTraces} />
      <Notices model={model} trace={trace} />
      {model.view !== 'compare' && (
        <>
          <Toolbar model={model} host={host} focusTree={focusTree} />
          {minimap}
        </>
      )}
      <div class="view-panel" role="tabpanel" id={viewPanelId} aria-labelledby={tabId(model.view)}>
        {model.view === 'statistics' ? (
          <Statistics model={model} trace={trace} element={tree} />
        ) : model.view === 'flame' ? (
          <Flame model={model} trace={trace} element={tree} />
        ) : model.view === 'services' ? (
          <Services model={model} trace={trace} element={tree} />
        ) : model.view === 'compare' ? (
          <Compare
            model={model}
            trace={trace}
            host={host}
            element={tree}
            choose={actions.chooseOther}
          />
        ) : (
          <Body model={model} trace={trace} host={host} actions={actions} tree={tree} />
        )}
      </div>
      {model.keySheetOpen && <KeySheet close={() => model.setKeySheet(false)} />}
      <Notification model={model} />
      <div class="spoken" role="status" aria-live="polite">
        {model.announcement}
      </div>
    </div>
  );
}

/** Before there is a trace: on its way, or why it isn't. */
function Waiting({ model, retry }: { model: WaterfallModel; retry: () => void }) {
  if (model.failure === '')
    return (
      <div class="waiting" role="status">
        <div class="waiting-bars" aria-hidden="true">
          {[0, 1, 2, 3, 4, 5].map((bar) => (
            <div key={bar} class={`waiting-bar waiting-bar-${bar}`} />
          ))}
        </div>
        <h1>{message('Loading the trace…')}</h1>
      </div>
    );
  return (
    <div class="waiting waiting-failed" role="alert">
      <Icon name="error" />
      <h1>{message("Can't open the trace")}</h1>
      <p>{model.failure}</p>
      <button type="button" class="button" onClick={retry}>
        {message('Try again')}
      </button>
    </div>
  );
}
