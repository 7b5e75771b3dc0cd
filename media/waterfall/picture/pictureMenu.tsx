import { message } from '../../../src/core/base/message.ts';
import type { Host } from '../host.ts';
import { Menu } from '../menu.tsx';
import type { WaterfallModel } from '../model.ts';
import { copyPicture, savePicture } from './pictures.ts';

/** The rows as they are seen, for others. */
export function PictureMenu({
  model,
  host,
}: {
  readonly model: WaterfallModel;
  readonly host: Host;
}) {
  return (
    <Menu
      icon="picture"
      label={message('Picture')}
      items={[
        { label: message('Copy picture'), onChoose: () => copyPicture(model) },
        {
          label: message('Save picture as PNG…'),
          onChoose: () => savePicture(host, model, 'png'),
          beginsGroup: true,
        },
        { label: message('Save picture as SVG…'), onChoose: () => savePicture(host, model, 'svg') },
      ]}
    />
  );
}
