import * as vscode from 'vscode';
import type { SpanRow } from '../../core/base/units.ts';
import { isMatch } from '../../core/matching/match.ts';
import type { EngineSpanDetail } from '../../engine/methods.ts';
import type { Handlers } from '../../protocol/rpc.ts';
import type { WaterfallHostMethods } from '../../protocol/waterfall.ts';
import { refineBySymbols } from '../code/languageSymbols.ts';
import { workspaceFolders, type CodeOpener } from '../editor/openCode.ts';
import {
  readOpenCode,
  readOpenFrame,
  readOpenPeer,
  readPreviewCode,
  readRowRequest,
} from './requestShapes.ts';
import { revealsOnSelect } from './revealOnSelect.ts';
import { chosenFrame, chosenLocation, shownDetail, shownPeers } from './shownDetail.ts';
import type { ShownTrace } from './shownTrace.ts';
import type { SourcePage } from './sourcePage.ts';

export interface CodeHandlersOptions {
  readonly trace: Pick<ShownTrace, 'detail' | 'peers'>;
  readonly page: SourcePage;
  readonly opener: CodeOpener;
  /** The column that code is opened beside; undefined: it is opened in place of the page. */
  readonly column: (beside: boolean) => vscode.ViewColumn | undefined;
}

type CodeMethods = Pick<
  WaterfallHostMethods,
  'spanDetail' | 'openCode' | 'previewCode' | 'openFrame' | 'linkedPeers' | 'openPeer'
>;

/** The details of a span, and the ways from it to code. */
export function codeHandlers({
  trace,
  page,
  opener,
  column,
}: CodeHandlersOptions): Handlers<CodeMethods> {
  /** With what the editor's extensions know of languages that the index doesn't read. */
  const refined = async (row: SpanRow, signal: AbortSignal): Promise<EngineSpanDetail> => {
    const detail = await trace.detail(row, signal);
    const match = await refineBySymbols(detail.match, detail.attributes, workspaceFolders());
    return { ...detail, match };
  };
  return {
    spanDetail: async (params, signal) =>
      shownDetail(
        await refined(readRowRequest(params).row, signal),
        workspaceFolders(),
        page.name(),
      ),
    openCode: async (params, signal) => {
      const { row, alternative, beside } = readOpenCode(params);
      const detail = await refined(row, signal);
      const location = chosenLocation(detail, alternative);
      return location
        ? opener.open(location, { besideOf: column(beside), manner: 'keep', signal })
        : { opened: false, reason: detail.match.reason };
    },
    previewCode: async (params, signal) => {
      const { row, by } = readPreviewCode(params);
      if (!revealsOnSelect(by)) return notOpened;
      const location = chosenLocation(await refined(row, signal), undefined);
      if (!location) return notOpened;
      const mayAddColumn = by === 'click';
      const answer = await opener.open(location, {
        besideOf: column(true),
        manner: 'look',
        mayAddColumn,
        signal,
      });
      return answer.opened || by === 'click' ? answer : notOpened;
    },
    openFrame: async (params, signal) => {
      const { row, stack, frame, beside } = readOpenFrame(params);
      const location = chosenFrame(await trace.detail(row, signal), stack, frame);
      return location
        ? opener.open(location, { besideOf: column(beside), manner: 'go', signal })
        : { opened: false, reason: vscode.l10n.t("This frame isn't in the workspace.") };
    },
    linkedPeers: async (params, signal) =>
      shownPeers(await trace.peers(readRowRequest(params).row, signal), workspaceFolders()),
    openPeer: async (params, signal) => {
      const { row, peer, beside } = readOpenPeer(params);
      const match = (await trace.peers(row, signal))[peer]?.match;
      return match && isMatch(match)
        ? opener.open(match.location, { besideOf: column(beside), manner: 'go', signal })
        : { opened: false, reason: match?.reason ?? vscode.l10n.t('No code location.') };
    },
  };
}

/** Nobody asked for it to be opened, so that there is nothing to say. */
const notOpened = { opened: false, reason: '' };
