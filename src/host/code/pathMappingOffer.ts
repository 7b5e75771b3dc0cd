import * as vscode from 'vscode';
import { formatCount } from '../../core/base/format.ts';
import { isAbort } from '../../core/base/sourceError.ts';
import { shortened, visibleText } from '../../core/base/visibleText.ts';
import type { PathSuggestion } from '../../core/matching/files/suggestPathMapping.ts';
import type { Log } from '../../core/ports.ts';
import { workspaceFolders } from '../editor/openCode.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import { readSetting, writeWorkspaceSetting } from '../settings/settings.ts';
import { serviceFolderSetting } from './serviceFolders.ts';
import { inform } from '../notices.ts';

export interface PathMappingOfferOptions {
  readonly engine: EngineSession;
  /** Of the workspace: what was offered stays offered. */
  readonly memory: vscode.Memento;
  readonly log: Log;
}

const memoryKey = 'spanhop.offeredPathMappings';
const longestShown = 120;

/**
 * Offers a path mapping that would map more of the spans seen: one a window, and each beginning of a path
 * once in a workspace, whatever the answer was.
 */
export class PathMappingOffer {
  readonly #options: PathMappingOfferOptions;
  #asking = false;
  #offered = false;

  constructor(options: PathMappingOfferOptions) {
    this.#options = options;
  }

  /** Spans were read: offers what would help them, if anything does. Never rejects. */
  async look(): Promise<void> {
    if (this.#asking || this.#offered || !vscode.workspace.isTrusted) return;
    this.#asking = true;
    try {
      const { engine, memory } = this.#options;
      const declined = memory.get<readonly string[]>(memoryKey, []);
      const suggestion = await engine.call('suggestPathMapping', { declined });
      if (!suggestion) return;
      this.#offered = true;
      await memory.update(memoryKey, [...declined, suggestion.from]);
      await offer(suggestion);
    } catch (error) {
      if (!isAbort(error)) this.#options.log.error('Failed to suggest a path mapping.', error);
    } finally {
      this.#asking = false;
    }
  }
}

async function offer({ from, to, spans }: PathSuggestion): Promise<void> {
  const folder = serviceFolderSetting(to, workspaceFolders());
  const apply = vscode.l10n.t('Apply');
  const choice = await inform(
    vscode.l10n.t(
      '{0} on the spans looks like {1} here. Add a path mapping to map {2} more spans?',
      visibleText(shortened(from, longestShown)),
      folder,
      formatCount(spans),
    ),
    apply,
    vscode.l10n.t('Not Now'),
  );
  if (choice !== apply) return;
  const mappings = { ...readSetting('spanhop.pathMappings'), [from]: folder };
  await writeWorkspaceSetting('spanhop.pathMappings', mappings);
}
