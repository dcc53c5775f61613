// Shows the OpenAPI document of this gateway. Everything is written as text, nothing as markup.
'use strict';

const VERBS = ['get', 'post', 'delete'];

/** An element with attributes and children; a string becomes text. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** Text in which what stands between backticks is code. */
function prose(text) {
  return text.split('`').map((part, index) => (index % 2 ? element('code', {}, part) : part));
}

/** What a reference stands for; other values are themselves. */
function resolved(api, value) {
  if (!value || !value.$ref) {
    return value;
  }
  return value.$ref.slice(2).split('/').reduce(
    (node, key) => node[key.replaceAll('~1', '/').replaceAll('~0', '~')], api);
}

function operations(api) {
  const found = [];
  // What is sent to callers, to the address that this setting names, stands beside what they send.
  const sent = Object.values(api.webhooks ?? {}).map((item) => ['webhookUrl', item]);
  for (const [path, item] of [...Object.entries(api.paths), ...sent]) {
    for (const verb of VERBS.filter((each) => item[each])) {
      const parameters = [...(item.parameters ?? []), ...(item[verb].parameters ?? [])].map((each) => resolved(api, each));
      found.push({ path, verb, operation: item[verb], parameters });
    }
  }
  return found;
}

/** What may stand in a value, in words. */
function kind(api, schema) {
  const known = resolved(api, schema) ?? {};
  if ('const' in known) {
    return JSON.stringify(known.const);
  }
  if (known.enum) {
    return known.enum.map((each) => JSON.stringify(each)).join(' | ');
  }
  if (known.contentMediaType) {
    return `file (${known.contentMediaType})`;
  }
  const choices = known.oneOf ?? known.anyOf;
  if (choices) {
    return choices.map((each) => kind(api, each)).join(' | ');
  }
  if (known.type === 'array') {
    return `array of ${kind(api, known.items ?? {})}`;
  }
  const name = [].concat(known.type ?? (known.properties ? 'object' : 'any')).join(' | ');
  return name + limits(known);
}

function range(least, most, unit) {
  if (least === undefined && most === undefined) {
    return [];
  }
  return [(least === undefined ? `up to ${most}` : `${least} ${most === undefined ? 'or more' : `to ${most}`}`) + unit];
}

function limits(schema) {
  const said = [
    ...range(schema.minimum, schema.maximum, ''),
    ...range(schema.minLength, schema.maxLength, ' characters'),
    ...(schema.pattern ? [schema.pattern] : [])];
  return said.length ? ` (${said.join(', ')})` : '';
}

/** All fields of a schema, with those inside arrays and choices, each with its way there. */
function fields(api, schema, prefix = '') {
  const known = resolved(api, schema) ?? {};
  const rows = [];
  for (const part of known.allOf ?? []) {
    rows.push(...fields(api, part, prefix));
  }
  for (const choice of [...(known.oneOf ?? []), ...(known.anyOf ?? [])]) {
    rows.push(...fields(api, choice, prefix).map((row) => ({ ...row, mandatory: 'depends' })));
  }
  for (const [name, value] of Object.entries(known.properties ?? {})) {
    const inner = resolved(api, value);
    if (inner === false) {
      continue;
    }
    const mandatory = (known.required ?? []).includes(name) ? 'yes' : 'no';
    rows.push({ name: prefix + name, kind: kind(api, value), mandatory, text: inner.description ?? '' });
    rows.push(...fields(api, value, `${prefix}${name}.`));
  }
  if (known.type === 'array' && known.items) {
    rows.push(...fields(api, known.items, `${prefix.replace(/\.$/, '')}[].`));
  }
  return rows;
}

function table(caption, heads, rows) {
  const head = element('tr', {}, ...heads.map((each) => element('th', { scope: 'col' }, each)));
  const body = rows.map(([first, ...rest]) => element('tr', {},
    element('th', { scope: 'row' }, ...prose(first)),
    // On a narrow screen there is no row of heads: the last column speaks for itself, the others say what they are.
    ...rest.map((each, index) => element('td',
      index < rest.length - 1 ? { 'data-head': heads[index + 1] } : {}, ...(each ? prose(each) : [])))));
  return element('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': caption },
    element('table', {}, element('thead', {}, head), element('tbody', {}, ...body)));
}

function fieldTable(caption, rows) {
  return table(caption, ['Field', 'What it is', 'Mandatory', 'Meaning'],
    rows.map((row) => [`\`${row.name}\``, `\`${row.kind}\``, row.mandatory, row.text]));
}

function examples(media) {
  if (media.example !== undefined) {
    return [{ title: 'Example', value: media.example }];
  }
  return Object.entries(media.examples ?? {})
    .map(([name, each]) => ({ title: each.summary ?? name, value: each.value }));
}

function code(text) {
  return element('pre', { tabindex: '0' }, element('code', {}, text));
}

function json(value) {
  return JSON.stringify(value, null, 2);
}

/** A shell command that calls the method; the identifiers are shell variables. */
function curl(api, { path, verb, operation }) {
  const url = api.servers[0].url + path.replaceAll('{', '$').replaceAll('}', '')
    .replace('waInstance$idInstance', 'waInstance${idInstance}');
  const parts = [['curl', verb === 'get' ? '' : `-X ${verb.toUpperCase()}`, `"${url}"`].filter(Boolean).join(' ')];
  for (const [type, media] of Object.entries(operation.requestBody?.content ?? {})) {
    if (type === 'multipart/form-data') {
      for (const [name, part] of Object.entries(resolved(api, media.schema)?.properties ?? {})) {
        const type = media.encoding?.[name]?.contentType;
        const value = type ? `@picture.jpg;type=${type}` : resolved(api, part).examples?.[0] ?? '…';
        parts.push(`-F '${name}=${value}'`);
      }
    } else {
      const example = examples(media)[0]?.value ?? {};
      parts.push(`-H 'Content-Type: ${type}'`, `-d '${JSON.stringify(example).replaceAll("'", "'\\''")}'`);
    }
  }
  return parts.join(' \\\n  ');
}

function copyButton(text) {
  const button = element('button', { type: 'button' }, 'Copy');
  const told = element('span', { role: 'status' });
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
      told.textContent = ' Copied';
    } catch {
      told.textContent = ' The browser does not allow it here: select the text instead';
    }
  });
  return element('p', {}, button, told);
}

function request(api, call) {
  const shown = [];
  if (call.parameters.length) {
    shown.push(element('h4', {}, 'Parameters'));
    shown.push(table('Parameters', ['Name', 'Where', 'What it is', 'Mandatory', 'Meaning'],
      call.parameters.map((each) => [`\`${each.name}\``, each.in, `\`${kind(api, each.schema)}\``,
        each.required ? 'yes' : 'no', each.description ?? ''])));
  }
  const body = call.operation.requestBody;
  for (const [type, media] of Object.entries(body?.content ?? {})) {
    shown.push(element('h4', {}, 'Body ', element('code', {}, type), body.required ? '' : ' (optional)'));
    shown.push(fieldTable('Fields of the body', fields(api, media.schema)));
    examples(media).forEach((each) => shown.push(code(json(each.value))));
  }
  if (call.path.startsWith('/')) {
    const line = curl(api, call);
    shown.push(element('h4', {}, 'curl'), code(line), copyButton(line));
  }
  return shown;
}

function headerRows(api, response) {
  return Object.entries(response.headers ?? {}).map(([name, value]) => {
    const header = resolved(api, value);
    return [`\`${name}\``, `\`${kind(api, header.schema)}\``, header.description ?? ''];
  });
}

function answer(api, status, response) {
  const shown = [element('h4', {}, `Answer ${status}`), element('p', {}, ...prose(response.description))];
  const headers = headerRows(api, response);
  if (headers.length) {
    shown.push(table(`Headers of the answer ${status}`, ['Header', 'What it is', 'Meaning'], headers));
  }
  for (const media of Object.values(response.content ?? {})) {
    const rows = fields(api, media.schema);
    if (rows.length) {
      shown.push(fieldTable(`Fields of the answer ${status}`, rows));
    }
    for (const each of examples(media)) {
      shown.push(element('p', {}, each.title), code(json(each.value)));
    }
  }
  return shown;
}

function errors(api, responses) {
  const rows = responses.map(([status, response]) => {
    const more = headerRows(api, response).map(([name, , text]) => ` ${name}: ${text}`);
    return [status, response.description + more.join('')];
  });
  return element('details', {}, element('summary', {}, 'Errors'), table('Errors', ['Status', 'When'], rows));
}

function method(api, call) {
  const { path, verb, operation } = call;
  const responses = Object.entries(operation.responses).map(([status, each]) => [status, resolved(api, each)]);
  const good = responses.filter(([status]) => status < '400');
  const bad = responses.filter(([status]) => status >= '400');
  const id = operation.operationId;
  return element('section', { class: 'method', id, 'aria-labelledby': `${id}-title` },
    element('h3', { id: `${id}-title` }, id),
    element('p', {}, element('span', { class: 'verb' }, verb.toUpperCase()), ' ',
      element('span', { class: 'path' }, path)),
    element('p', {}, ...prose(operation.summary)),
    ...(operation.description ? [element('p', {}, ...prose(operation.description))] : []),
    ...request(api, call),
    ...good.flatMap(([status, response]) => answer(api, status, response)),
    ...(bad.length ? [errors(api, bad)] : []));
}

function show(api) {
  const list = document.getElementById('list');
  const main = document.getElementById('content');
  const calls = operations(api);
  document.getElementById('summary').textContent = api.info.summary;
  main.append(element('div', { id: 'introduction' },
    element('p', {}, ...prose(api.info.description)),
    element('h2', {}, 'Addresses'),
    ...api.servers.map((server) => element('p', {}, element('code', {}, server.url), ` ${server.description}`)),
    element('p', {}, ...prose('The examples with curl take the identifiers from the shell: set `idInstance` and '
      + '`apiTokenInstance` (or `partnerToken`) there once. This page never asks for a token.'))));
  for (const tag of api.tags) {
    const own = calls.filter((call) => call.operation.tags.includes(tag.name));
    const links = own.map((call) => element('li', { 'data-method': call.operation.operationId.toLowerCase() },
      element('a', { href: `#${call.operation.operationId}` }, call.operation.operationId)));
    list.append(element('div', { class: 'tag' }, element('h2', {}, tag.name), element('ul', {}, ...links)));
    main.append(element('div', { class: 'tag' }, element('h2', {}, tag.name),
      element('p', {}, ...prose(tag.description)), ...own.map((call) => method(api, call))));
  }
  document.getElementById('filter').addEventListener('input', filter);
  // The browser looked for the part of the page in its address before it was there.
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

/** Hides the methods whose name lacks what is written in the field, here and in the list, and what is said before them. */
function filter() {
  const wanted = document.getElementById('filter').value.trim().toLowerCase();
  let count = 0;
  for (const item of document.querySelectorAll('#list li')) {
    item.hidden = !item.dataset.method.includes(wanted);
    count += item.hidden ? 0 : 1;
  }
  for (const section of document.querySelectorAll('.method')) {
    section.hidden = !section.id.toLowerCase().includes(wanted);
  }
  for (const tag of document.querySelectorAll('.tag')) {
    tag.hidden = !tag.querySelector('li:not([hidden]), .method:not([hidden])');
  }
  document.getElementById('introduction').hidden = wanted !== '';
  // What was found may stand above what was being read.
  window.scrollTo(0, Math.min(window.scrollY, document.getElementById('content').offsetTop));
  document.getElementById('count').textContent = wanted ? `${count} found` : '';
}

async function load() {
  const message = document.getElementById('message');
  try {
    const answered = await fetch(document.body.dataset.description);
    if (!answered.ok) {
      throw new Error(`status ${answered.status}`);
    }
    show(await answered.json());
    message.remove();
  } catch (failure) {
    message.className = 'wrong';
    message.textContent = `The description could not be loaded: ${failure.message}. Load the page again.`;
  }
  document.getElementById('content').removeAttribute('aria-busy');
}

load();
