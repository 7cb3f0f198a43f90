import { notFound } from '../../refusal.ts';
import { homeOf, repositoryIn } from '../find.ts';
import { type Html, html } from '../html.ts';
import { type FormElement, type IssueForm, issueForms } from '../issue-forms.ts';
import type { Screen, Visit } from '../page.ts';
import { label, prose } from '../parts/small.ts';

/** The choice between the repository's forms and an empty issue. */
export async function chooseScreen(visit: Visit): Promise<Screen> {
  const repository = repositoryIn(visit);
  const forms = await issueForms(visit.site, repository);
  const base = `${homeOf(repository)}/issues/new`;
  const row = (name: string, about: string, href: string) =>
    html`<li class="Box-row d-flex flex-justify-between flex-items-center"><div><strong>${name}</strong><div class="color-fg-muted">${about}</div></div><a class="btn btn-primary btn-sm" href="${href}">Get started</a></li>`;
  return {
    title: 'New issue',
    tab: 'issues',
    body: html`<h1 class="f3 mb-3">New issue</h1><ul class="Box">${forms.map((form) => row(form.name, form.description, `${base}?${new URLSearchParams({ template: form.file }).toString()}`))}${row('Blank issue', 'Write freely', base)}</ul>`,
  };
}

function control(visit: Visit, owner: { owner: string; name: string }, field: FormElement): Html {
  if (field.type === 'markdown') return html`<div class="mb-3">${prose(visit, owner, field.value)}</div>`;
  const { id, required } = field;
  const name = `form-${id}`;
  const need = required ? html` required` : '';
  const about = field.description
    ? html`<div class="note" id="about-${id}">${prose(visit, owner, field.description)}</div>`
    : '';
  const described = field.description ? html` aria-describedby="about-${id}"` : '';
  const title = html`${field.label}${required ? html` <span aria-hidden="true">*</span>` : ''}`;
  if (field.type === 'checkboxes')
    return html`<fieldset class="mb-3"${described}><legend class="text-bold">${title}</legend>${about}${field.options.map((option) => html`<label class="d-block text-normal"><input type="checkbox" name="${name}" value="${option.label}"${option.required ? html` required` : ''}> ${option.label}</label>`)}</fieldset>`;
  const inner =
    field.type === 'input'
      ? html`<input class="form-control width-full" id="${name}" name="${name}" value="${field.value}" placeholder="${field.placeholder}"${described}${need}>`
      : field.type === 'textarea'
        ? html`<textarea class="form-control" id="${name}" name="${name}" placeholder="${field.placeholder}"${described}${need}>
${field.value}</textarea>`
        : html`<select class="form-select" id="${name}" name="${name}"${field.multiple ? html` multiple` : ''}${described}${need}>${field.multiple ? '' : html`<option value="">Choose…</option>`}${field.options.map((option) => html`<option>${option.label}</option>`)}</select>`;
  return html`<div class="form-group"><div class="form-group-header"><label for="${name}">${title}</label></div>${about}<div class="form-group-body">${inner}</div></div>`;
}

function freeText(): Html {
  return html`<div class="form-group"><div class="form-group-header"><label for="body">Description</label></div><div class="form-group-body"><textarea class="form-control" id="body" name="body" maxlength="65536" placeholder="Markdown is supported"></textarea></div></div>`;
}

/** A new issue, free or by one of the repository's forms. */
export async function newIssueScreen(visit: Visit): Promise<Screen> {
  const repository = repositoryIn(visit);
  const template = visit.request.query.get('template');
  const form: IssueForm | undefined =
    template === null ? undefined : (await issueForms(visit.site, repository)).find(({ file }) => file === template);
  if (template !== null && !form) throw notFound();
  const labels = (form?.labels ?? []).map((name) =>
    label(repository.labels.find((one) => one.name === name) ?? { name, color: 'ededed' }),
  );
  return {
    title: form ? form.name : 'New issue',
    tab: 'issues',
    body: html`<h1 class="f3">${form ? form.name : 'New issue'}</h1><p class="color-fg-muted">${form?.description ?? ''} ${labels}</p>
<form method="post" action="${homeOf(repository)}/issues"><input type="hidden" name="template" value="${form?.file ?? ''}">
<div class="form-group"><div class="form-group-header"><label for="title">Title <span aria-hidden="true">*</span></label></div><div class="form-group-body"><input class="form-control width-full" id="title" name="title" value="${form?.title ?? ''}" maxlength="256" required></div></div>
${form ? form.body.map((field) => control(visit, repository, field)) : freeText()}
<button class="btn btn-primary">Create</button></form>`,
  };
}
