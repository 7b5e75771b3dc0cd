import type { SettingReader } from '../../core/base/setting.ts';
import { editorSources } from '../../sources/registry.ts';
import type { Settings } from '../contributions.ts';
import { currentMark, withoutIcons } from '../labels.ts';

/** The sources to choose from, as entries of a quick pick. */
export const sourceItems = (setting: SettingReader<Settings>) =>
  editorSources.map((source) => ({
    label: `$(${source.editor.icon}) ${source.editor.label()}`,
    detail: withoutIcons(source.editor.detail(setting)),
    ...currentMark(source.kind === setting('spanhop.source')),
    source,
  }));
