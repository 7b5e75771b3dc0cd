import { spansText } from '../../core/base/countText.ts';
import { formatCount, formatPercent } from '../../core/base/format.ts';
import { message } from '../../core/base/message.ts';
import { shortened, visibleText } from '../../core/base/visibleText.ts';
import type { WorkspacePath } from '../../core/code/location.ts';
import { confidenceWord } from '../../core/correlate/lens/basisText.ts';
import { causeText } from '../../core/correlate/report/causeText.ts';
import {
  mappedShare,
  mappedText,
  silenceAdvice,
  silenceTitle,
  sortTitle,
  weakText,
} from '../../core/correlate/report/reportText.ts';
import type { SpanCounts } from '../../core/correlate/report/mappingReport.ts';
import type { MappingReportAnswer } from '../../engine/methods.ts';
import { shownPath } from '../paths.ts';
import type { CauseNode, MappingNode, Section, ServiceNode } from './mappingNodes.ts';

/** A node in words; every part of a span in it is made visible, nothing is Markdown. */
export interface NodeText {
  readonly label: string;
  readonly description: string;
  /** Lines of the tooltip. */
  readonly details: readonly string[];
}

const longest = 200;
const shown = (text: string) => visibleText(shortened(text, longest));

export function nodeText(node: MappingNode, folders: readonly WorkspacePath[]): NodeText {
  switch (node.kind) {
    case 'service':
      return serviceText(node, folders);
    case 'sort':
      return { label: sortTitle(node.report.sort), ...countsText(node.report) };
    case 'confidence':
      return {
        label: confidenceWord(node.confidence),
        description: spansText(node.count),
        details: [exampleText(node.label)],
      };
    case 'cause':
      return causeNodeText(node);
    case 'reason':
      return {
        label: shown(node.reason.reason),
        description: spansText(node.reason.count),
        details: [shown(node.reason.reason), exampleText(node.label)],
      };
    case 'section':
      return {
        label: sectionTitle(node.section),
        description: formatCount(node.count),
        details: [sectionAdvice(node.section)],
      };
    case 'folderless': {
      const { service, spans, language, evidence } = node.report;
      const words = language === '' ? [] : [shown(language)];
      return {
        label: shown(service),
        description: [spansText(spans), ...words].join(' · '),
        details: [shown(evidence), message('Click to set its folder.')],
      };
    }
    case 'silence':
      return {
        label: silenceTitle(node.silence),
        description: formatCount(node.handlers.length),
        details: [silenceAdvice(node.silence)],
      };
    case 'handler': {
      const { controller, handler, location } = node.handler;
      const place = `${shownPath(location.path, folders)}:${location.line}`;
      return {
        label: shown(node.title),
        description: `${controller}.${handler}`,
        details: [place],
      };
    }
    case 'route': {
      const { title, service, count, reason } = node.route;
      return {
        label: shown(title),
        description: [spansText(count), shown(service)].join(' · '),
        details: [shown(reason), exampleText(node.label)],
      };
    }
    case 'problem': {
      const { path, line, message: text } = node.problem;
      const place = `${shownPath(path, folders)}${line === undefined ? '' : `:${line}`}`;
      return {
        label: shown(place),
        description: shown(text),
        details: [shown(place), shown(text)],
      };
    }
  }
}

function serviceText({ report }: ServiceNode, folders: readonly WorkspacePath[]): NodeText {
  const { service, folder, evidence } = report;
  const label = service === '' ? message('(no service)') : shown(service);
  const place = folder === undefined ? message('No folder found') : shownPath(folder, folders);
  const { description, details } = countsText(report);
  return {
    label,
    description: [description, ...(folder === undefined ? [] : [place])].join(' · '),
    details: [label, ...details, place, shown(evidence)],
  };
}

function countsText(counts: SpanCounts): Omit<NodeText, 'label'> {
  const { expected } = counts;
  const others =
    expected === 0
      ? []
      : [message('{0} more come from frameworks and proxies.', spansText(expected))];
  return { description: shareText(counts), details: [mappedText(counts), ...others] };
}

/** `98.6% · 3,980 of 4,035 spans · 1.2% weak`: a narrow view cuts the end off. */
function shareText(counts: SpanCounts): string {
  const share = mappedShare(counts);
  if (share === undefined) return mappedText(counts);
  const { mapped, spans, expected } = counts;
  const missing = spans - expected - mapped;
  const of =
    missing === 0
      ? spansText(mapped)
      : message('{0} of {1} spans', formatCount(mapped), formatCount(spans - expected));
  return [formatPercent(share), of, ...weakText(counts)].join(' · ');
}

function causeNodeText({ cause, label }: CauseNode): NodeText {
  const { title, todo } = causeText(cause.cause);
  const [first] = cause.reasons;
  return {
    label: title,
    description: [spansText(cause.count), ...(todo === undefined ? [] : [todo])].join(' · '),
    details: [
      `${title}: ${spansText(cause.count)}`,
      ...(first ? [shown(first.reason)] : []),
      ...(todo === undefined ? [] : [todo]),
      exampleText(label),
    ],
  };
}

const exampleText = (label: string): string =>
  message('Click to open an example: {0}', shown(label));

function sectionTitle(section: Section): string {
  switch (section) {
    case 'folders':
      return message('Services without a folder');
    case 'handlers':
      return message('Handlers without traces');
    case 'routes':
      return message('Routes not found in code');
    case 'problems':
      return message('Skipped code');
  }
}

function sectionAdvice(section: Section): string {
  switch (section) {
    case 'folders':
      return message('Choose the folders of these services to map their spans.');
    case 'handlers':
      return message('Handlers in the workspace without spans in these traces.');
    case 'routes':
      return message('Routes in the traces without a handler in the workspace.');
    case 'problems':
      return message("Code that isn't indexed, or only partly, and why.");
  }
}

/** Beside the title of the view: `97.4% · 323 traces`, of how many where that is known. */
export function viewDescription({ report, basis }: MappingReportAnswer, window: string): string {
  const share = mappedShare(report);
  const traces =
    basis.traces === undefined || basis.traces <= report.traces
      ? message('{0} traces', formatCount(report.traces))
      : message('{0} of {1} traces', formatCount(report.traces), formatCount(basis.traces));
  const percent = share === undefined ? [] : [message('{0} mapped', formatPercent(share))];
  return [...percent, ...weakText(report), traces, window].join(' · ');
}
