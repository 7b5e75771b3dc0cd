import {
  editorSources,
  sources,
  type EditorSource,
  type SourceSettings,
} from '../../sources/registry.ts';
import { networkSettingIds, readNetwork } from './network.ts';
import { readSetting } from './settings.ts';
import type { SourceSecrets } from './sourceSecrets.ts';

/** The source that is chosen now. */
export const sourceInUse = (): EditorSource => sources[readSetting('spanhop.source')];

/** Where traces are read from, as the settings say now. */
export async function readSourceSettings(
  databasePath: string,
  kept: SourceSecrets,
): Promise<SourceSettings> {
  const { read, secret } = sourceInUse().editor;
  const boundTo = secret?.boundTo(readSetting);
  const isBound = secret !== undefined && boundTo !== undefined;
  const secrets = isBound ? await kept.read(secret.storedAs, boundTo) : {};
  return read({ setting: readSetting, secrets, databasePath, network: readNetwork() });
}

/** Settings after whose change the source is opened again: a receiver's are none of it. */
export function sourceSettingIds(): readonly string[] {
  const { receives, settings } = sourceInUse().editor;
  const own = receives === true ? [] : [...Object.keys(settings), ...networkSettingIds];
  return ['spanhop.source', ...own];
}

/** Settings after whose change the receiver starts again. */
export const receiverSettingIds: readonly string[] = [
  'spanhop.source',
  ...editorSources.flatMap(({ editor: { receives, settings } }) =>
    receives === true ? Object.keys(settings) : [],
  ),
];
