// What htmx has no attribute for: copying, and the charts of the node.
'use strict';

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  event.preventDefault();
  const source = document.querySelector(button.dataset.copy);
  const copied = () => { button.textContent = button.dataset.copied; };
  if (navigator.clipboard) {
    navigator.clipboard.writeText(source.textContent).then(copied);
  } else { // without TLS there is only this
    getSelection().selectAllChildren(source);
    if (document.execCommand('copy')) copied();
  }
});

// A form that did what was asked for is empty again.
document.addEventListener('htmx:afterRequest', (event) => {
  const form = event.target;
  const done = event.detail.successful && !event.detail.xhr.responseText.includes('role="alert"');
  if (form instanceof HTMLFormElement && done && form.querySelector('textarea, input[name=text]')) {
    form.reset();
  }
});

// A stream that is refused is not tried again by browsers: the page is, which knows where it ends, or asks for a token.
document.addEventListener('htmx:sseError', (event) => {
  const source = event.detail.source;
  if (source && source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
});

const MOST = 300;
const EVERY = 2000;

function charts(root) {
  const rows = [];
  const plots = [...root.querySelectorAll('.chart')].map((place) => {
    const series = place.dataset.series.split(' ');
    const labels = place.dataset.labels.split('|');
    const colours = ['#1b6b3a', '#8a5a00'];
    const plot = new uPlot({
      width: place.clientWidth,
      height: 180,
      series: [{}, ...series.map((name, i) => ({ label: labels[i], stroke: colours[i], width: 2 }))],
      scales: { x: { range: (self, first, last) => [last - MOST * EVERY / 1000, last] }, y: { range: (self, low, high) => [0, Math.max(1, high * 1.1)] } },
    }, [[], ...series.map(() => [])], place);
    new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: 180 })).observe(place);
    return { plot, series };
  });

  function value(row, before, name) {
    if (!name.endsWith('/s')) return row[name];
    const key = name.slice(0, -2);
    return before ? (row[key] - before[key]) / (row.at - before.at) : null;
  }

  async function look() {
    try {
      const response = await fetch(root.dataset.source);
      if (response.redirected) {
        location.reload();
        return;
      }
      if (!response.ok) return;
      rows.push(await response.json());
      if (rows.length > MOST) rows.shift();
      for (const { plot, series } of plots) {
        plot.setData([rows.map((row) => row.at),
          ...series.map((name) => rows.map((row, i) => value(row, rows[i - 1], name)))]);
      }
      root.dataset.looks = rows.length;
    } finally {
      setTimeout(look, EVERY);
    }
  }
  look();
}

document.addEventListener('DOMContentLoaded', () => {
  const root = document.getElementById('charts');
  if (root) charts(root);
});
