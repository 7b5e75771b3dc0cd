import { message } from '../../src/core/base/message.ts';
import { isWhole, wholeRange } from '../../src/core/waterfall/timeRange.ts';
import { IconButton } from './button.tsx';
import { Filter } from './filter/filterField.tsx';
import type { WaterfallModel } from './model.ts';

export interface ToolbarProps {
  readonly model: WaterfallModel;
  readonly focusTree: () => void;
}

export function Toolbar({ model, focusTree }: ToolbarProps) {
  const duration = model.shape?.duration ?? 0;
  return (
    <div class="toolbar" role="toolbar" aria-label={message('Waterfall')}>
      <Filter model={model} focusTree={focusTree} />
      <div class="toolbar-group">
        <IconButton
          icon="expandLevel"
          label={message('Expand one level (e)')}
          onClick={() => model.expandLevel()}
        />
        <IconButton
          icon="expandAll"
          label={message('Expand all (*)')}
          onClick={() => model.expandAll()}
        />
        <IconButton
          icon="collapseAll"
          label={message('Collapse all (c)')}
          onClick={() => model.collapseAll()}
        />
      </div>
      <div class="toolbar-group">
        <IconButton
          icon="criticalPath"
          label={message('Highlight critical path')}
          pressed={model.onlyCritical}
          onClick={() => model.setOnlyCritical(!model.onlyCritical)}
        />
        <IconButton
          icon="zoomReset"
          label={message('Show entire trace (0)')}
          disabled={isWhole(model.range, duration)}
          onClick={() => model.setRange(wholeRange(duration))}
        />
        <IconButton
          icon="details"
          label={message('Details')}
          pressed={model.detailsOpen}
          onClick={() => model.setDetailsOpen(!model.detailsOpen)}
        />
      </div>
    </div>
  );
}
