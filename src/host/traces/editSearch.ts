import * as vscode from 'vscode';
import type { EngineSession } from '../engine/engineSession.ts';
import { formatExactDuration } from '../../core/base/format.ts';
import { withoutIcons } from '../labels.ts';
import { pickWhileLoading } from '../pickWhileLoading.ts';
import { pickWindow } from '../pickWindow.ts';
import type { SearchField } from '../targets.ts';
import { attributesText, parseAttributes } from './attributesText.ts';
import {
  fieldName,
  hiddenFields,
  parseDuration,
  parseDurationRange,
  rangeText,
  shownName,
  type SearchForm,
} from './searchQuery.ts';

/** Asks for one of the fields that the form doesn't show. @returns undefined when the question was closed. */
export async function pickFilter(form: SearchForm): Promise<SearchField | undefined> {
  const items = hiddenFields(form).map((field) => ({ label: fieldName(field), field }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Add Filter') }))?.field;
}

/** Asks for a new value of one field of the form. @returns undefined when the question was closed. */
export function editField(
  field: SearchField,
  form: SearchForm,
  engine: EngineSession,
): Promise<Partial<SearchForm> | undefined> {
  switch (field) {
    case 'service':
      return editService(engine);
    case 'operation':
      return editOperation(form, engine);
    case 'attributes':
      return editAttributes(form);
    case 'minDuration':
    case 'maxDuration':
      return editDuration(field, form);
    case 'traceDuration':
      return editTraceDuration(form);
    case 'errorsOnly':
      return Promise.resolve({ errorsOnly: !form.errorsOnly });
    case 'order':
      return Promise.resolve({ order: form.order === 'slowest' ? 'newest' : 'slowest' });
    case 'window':
      return editWindow(form);
  }
}

async function editService(engine: EngineSession): Promise<Partial<SearchForm> | undefined> {
  const chosen = await pickName(
    vscode.l10n.t('Service'),
    [vscode.l10n.t('Any service')],
    vscode.l10n.t('No services found'),
    (signal) => engine.call('services', {}, signal),
  );
  return chosen && { service: chosen.name, operation: undefined };
}

async function editOperation(
  { service }: SearchForm,
  engine: EngineSession,
): Promise<Partial<SearchForm> | undefined> {
  if (service === undefined) {
    const change = await editService(engine);
    if (change?.service === undefined) return change;
    const operation = await editOperation({ ...change } as SearchForm, engine);
    return { ...change, ...operation };
  }
  const anyOperation = [vscode.l10n.t('Any operation')];
  const chosen = await pickName(
    vscode.l10n.t('Operation of {0}', shownName(service)),
    anyOperation,
    vscode.l10n.t('No operations found'),
    async (signal) => {
      const operations = await engine.call('operations', { service }, signal);
      return [...new Set(operations.map(({ name }) => name))].toSorted();
    },
  );
  return chosen && { operation: chosen.name };
}

async function editAttributes(form: SearchForm): Promise<Partial<SearchForm> | undefined> {
  const text = await vscode.window.showInputBox({
    title: fieldName('attributes'),
    prompt: vscode.l10n.t(
      'Attributes of the span, its resource or its events, separated by spaces; empty for any',
    ),
    placeHolder: 'http.route=/orders user.tier="gold plus"',
    value: attributesText(form.attributes),
    validateInput: (value) => {
      const parsed = parseAttributes(value);
      return typeof parsed === 'string' ? parsed : undefined;
    },
  });
  const attributes = text === undefined ? '' : parseAttributes(text);
  return typeof attributes === 'string' ? undefined : { attributes };
}

async function editDuration(
  field: 'minDuration' | 'maxDuration',
  form: SearchForm,
): Promise<Partial<SearchForm> | undefined> {
  const current = form[field];
  const text = await vscode.window.showInputBox({
    title: fieldName(field),
    prompt: vscode.l10n.t('For example 250ms, 1.2s or 2m; empty for none'),
    value: current === undefined ? '' : formatExactDuration(current),
    validateInput: (value) => {
      if (value.trim() === '') return undefined;
      const duration = parseDuration(value);
      if (duration === undefined)
        return vscode.l10n.t('Enter a number and a unit, for example 500us, 250ms, 1.2s or 2m.');
      return boundsProblem({ ...form, [field]: duration });
    },
  });
  if (text === undefined) return undefined;
  return { [field]: text.trim() === '' ? undefined : parseDuration(text) };
}

async function editTraceDuration({
  traceDuration: current,
}: SearchForm): Promise<Partial<SearchForm> | undefined> {
  const text = await vscode.window.showInputBox({
    title: fieldName('traceDuration'),
    prompt: vscode.l10n.t('For example 100ms - 200ms; empty for any'),
    value: current ? rangeText(current) : '',
    validateInput: (value) =>
      value.trim() === '' || parseDurationRange(value)
        ? undefined
        : vscode.l10n.t('Enter two durations, the shorter one first, for example 100ms - 200ms.'),
  });
  return text === undefined ? undefined : { traceDuration: parseDurationRange(text) };
}

function boundsProblem({ minDuration, maxDuration }: SearchForm): string | undefined {
  if (minDuration === undefined || maxDuration === undefined || minDuration <= maxDuration)
    return undefined;
  return vscode.l10n.t(
    "The minimum duration ({0}) can't be longer than the maximum ({1}).",
    formatExactDuration(minDuration),
    formatExactDuration(maxDuration),
  );
}

async function editWindow(form: SearchForm): Promise<Partial<SearchForm> | undefined> {
  const windowMinutes = await pickWindow(form.windowMinutes);
  return windowMinutes === undefined ? undefined : { windowMinutes };
}

/** @returns `name: undefined` for the entry that stands for any; undefined when the pick was closed. */
function pickName(
  title: string,
  any: readonly string[],
  none: string,
  read: (signal: AbortSignal) => Promise<readonly string[]>,
): Promise<{ readonly name: string | undefined } | undefined> {
  return pickWhileLoading(title, async (signal) => {
    const names = await read(signal);
    return {
      placeholder: names.length === 0 ? none : '',
      items: [
        ...any.map((label) => ({ label, name: undefined })),
        ...names.map((name) => ({ label: withoutIcons(shownName(name)), name })),
      ],
    };
  });
}
