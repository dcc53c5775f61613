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
  for (const [path, item] of Object.entries(api.paths)) {
    for (const verb of VERBS.filter((each) => item[each])) {
      const operation = item[verb];
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
      found.push({ path, verb, operation, parameters: parameters.map((each) => resolved(api, each)) });
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

function limits(schema) {
  const said = [];
  if (schema.minimum !== undefined || schema.maximum !== undefined) {
    said.push(`${schema.minimum ?? '…'} to ${schema.maximum ?? '…'}`);
  }
  if (schema.minLength !== undefined || schema.maxLength !== undefined) {
    said.push(`${schema.minLength ?? 0} to ${schema.maxLength ?? '…'} characters`);
  }
  if (schema.pattern) {
    said.push(schema.pattern);
  }
  return said.length ? ` (${said.join(', ')})` : '';
}

/** All fields of a schema, with those inside arrays and choices, each with its way there. */
function fields(api, schema, prefix = '') {
  const known = resolved(api, schema) ?? {};
  const rows = [];
  for (const part of [...(known.allOf ?? []), ...(known.oneOf ?? []), ...(known.anyOf ?? [])]) {
    rows.push(...fields(api, part, prefix));
  }
  for (const [name, value] of Object.entries(known.properties ?? {})) {
    const inner = resolved(api, value);
    if (inner === false) {
      continue;
    }
    const required = (known.required ?? []).includes(name);
    rows.push({ name: prefix + name, kind: kind(api, value), required, text: inner.description ?? '' });
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
    ...rest.map((each) => element('td', {}, ...prose(each)))));
  return element('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': caption },
    element('table', {}, element('thead', {}, head), element('tbody', {}, ...body)));
}

function fieldTable(caption, rows) {
  return table(caption, ['Field', 'What it is', 'Mandatory', 'Meaning'],
    rows.map((row) => [`\`${row.name}\``, `\`${row.kind}\``, row.required ? 'yes' : 'no', row.text]));
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

/** A shell line that calls the method; the identifiers are shell variables. */
function curl(api, { path, verb, operation }) {
  const url = api.servers[0].url + path.replaceAll('{', '$').replaceAll('}', '')
    .replace('waInstance$idInstance', 'waInstance${idInstance}');
  const parts = ['curl', verb === 'get' ? '' : `-X ${verb.toUpperCase()}`, `"${url}"`].filter(Boolean);
  for (const [type, media] of Object.entries(operation.requestBody?.content ?? {})) {
    if (type === 'multipart/form-data') {
      for (const name of Object.keys(resolved(api, media.schema)?.properties ?? {})) {
        parts.push(`-F '${name}=${name === 'file' ? '@picture.jpg' : '…'}'`);
      }
    } else {
      const example = examples(media)[0]?.value ?? {};
      parts.push(`-H 'Content-Type: ${type}'`, `-d '${JSON.stringify(example).replaceAll("'", "'\\''")}'`);
    }
  }
  return parts.join(' ');
}

function copyButton(text) {
  const button = element('button', { type: 'button' }, 'Copy');
  const told = element('span', { role: 'status' });
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
      told.textContent = ' Copied';
    } catch {
      told.textContent = ' The browser does not allow it here: select the line instead';
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
  shown.push(element('h4', {}, 'curl'));
  const line = curl(api, call);
  shown.push(code(line), copyButton(line));
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
  main.append(element('p', {}, ...prose(api.info.description)));
  main.append(element('h2', {}, 'Addresses'), ...api.servers.map(
    (server) => element('p', {}, element('code', {}, server.url), ` ${server.description}`)));
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

/** Hides the methods whose name lacks what is written in the field, here and in the list. */
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
