import * as vscode from 'vscode';
import { parseTraceId } from '../../core/trace/traceId.ts';
import type { OpenAnswer } from '../editor/openCode.ts';
import { readSetting } from '../settings/settings.ts';
import { sourceInUse } from '../settings/sourceSettings.ts';

/** The web page that the source in use has for one trace: of Jaeger, its UI. */
export interface SourcePage {
  /** What it is called; empty where there is none. */
  readonly name: () => string;
  readonly open: (spanId: string) => Promise<OpenAnswer>;
}

/** @param traceId as `fileTraceKey` writes it, which no page has, or an id */
export function sourcePageOf(traceId: string): SourcePage {
  const urlOf = (spanId: string) => {
    const id = parseTraceId(traceId);
    return id && sourceInUse().editor.page?.url(readSetting, { traceId: id, spanId });
  };
  return {
    name: () => (urlOf('') === undefined ? '' : (sourceInUse().editor.page?.name ?? '')),
    open: async (spanId) => {
      const url = urlOf(spanId);
      if (url === undefined)
        return { opened: false, reason: vscode.l10n.t("The page couldn't be opened.") };
      // Whoever declined to leave the editor knows that it isn't open.
      return { opened: await vscode.env.openExternal(vscode.Uri.parse(url)), reason: '' };
    },
  };
}
