import { message } from '../../src/core/base/message.ts';
import { isWhole, wholeRange } from '../../src/core/waterfall/timeRange.ts';
import { hasDetails } from '../../src/core/waterfall/viewNames.ts';
import { IconButton } from './button.tsx';
import { Filter } from './filter/filterField.tsx';
import type { Host } from './host.ts';
import { PictureMenu } from './picture/pictureMenu.tsx';
import { RowsMenu } from './rowsMenu.tsx';
import type { WaterfallModel } from './model.ts';

export interface ToolbarProps {
  readonly model: WaterfallModel;
  readonly host: Host;
  readonly focusTree: () => void;
}

export function Toolbar({ model, host, focusTree }: ToolbarProps) {
  const duration = model.shape?.duration ?? 0;
  return (
    <div class="toolbar" role="toolbar" aria-label={message('Waterfall')}>
      <Filter model={model} host={host} focusTree={focusTree} />
      {model.view === 'waterfall' && <RowsMenu model={model} />}
      <div class="toolbar-group">
        {model.view === 'waterfall' && (
          <IconButton
            icon="criticalPath"
            label={message('Highlight critical path')}
            pressed={model.onlyCritical}
            onClick={() => model.setOnlyCritical(!model.onlyCritical)}
          />
        )}
        <IconButton
          icon="zoomReset"
          label={message('Show entire trace (0)')}
          disabled={isWhole(model.range, duration)}
          onClick={() => model.setRange(wholeRange(duration))}
        />
        {hasDetails(model.view) && (
          <IconButton
            icon="details"
            label={message('Details')}
            pressed={model.detailsOpen}
            onClick={() => model.setDetailsOpen(!model.detailsOpen)}
          />
        )}
        {model.view === 'waterfall' && <PictureMenu model={model} host={host} />}
        <IconButton
          icon="keyboard"
          label={message('Keyboard shortcuts (?)')}
          onClick={() => model.setKeySheet(true)}
        />
      </div>
    </div>
  );
}
