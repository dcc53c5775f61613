// Shows the API's description. A phrase is looked for in all that is said of a method, not in names of groups alone.
'use strict';

const dark = matchMedia('(prefers-color-scheme: dark)');
const paint = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', paint);
paint();

const text = (operation) => [
  operation.get('path'),
  ...['summary', 'description', 'operationId'].map((name) => operation.getIn(['operation', name])),
].join(' ').toLowerCase();

const SearchTexts = () => ({
  fn: {
    opsFilter: (groups, phrase) => groups
      .map((group) => group.set('operations',
        group.get('operations').filter((operation) => text(operation).includes(phrase.toLowerCase()))))
      .filter((group) => group.get('operations').size > 0),
  },
});

// What all verbs of a path take is given to each of them: Swagger UI puts no values into paths for what stands elsewhere.
function spread(spec) {
  const verbs = ['get', 'post', 'put', 'delete'];
  const whole = (parameter) => (parameter.$ref
    ? spec.components.parameters[parameter.$ref.split('/').pop()]
    : parameter);
  for (const path of Object.values(spec.paths)) {
    for (const verb of verbs.filter((each) => path[each])) {
      path[verb].parameters = [...(path.parameters || []), ...(path[verb].parameters || [])].map(whole);
    }
    delete path.parameters;
  }
}

async function show(place) {
  try {
    const address = new URL(place.dataset.description, location);
    const response = await fetch(address);
    if (!response.ok) throw new Error(`status ${response.status}`);
    const spec = await response.json();
    spread(spec);
    // What is tried is tried where this page came from, whatever name this gateway has for others.
    spec.servers = [{ url: new URL('.', address).href.replace(/\/$/, '') }];
    SwaggerUIBundle({
      spec,
      domNode: place,
      deepLinking: true,
      filter: true,
      tryItOutEnabled: true,
      displayRequestDuration: true,
      docExpansion: 'list',
      defaultModelsExpandDepth: 0,
      validatorUrl: null,
      plugins: [SearchTexts],
      onComplete: () => place.removeAttribute('aria-busy'),
    });
  } catch (failure) {
    place.textContent = `The description could not be loaded: ${failure.message}`;
    place.removeAttribute('aria-busy');
  }
}

addEventListener('DOMContentLoaded', () => show(document.getElementById('api')));
