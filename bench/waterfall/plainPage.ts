/**
 * What a trace costs at the least: the page fetches it, parses it with JSON.parse, and draws the rows on screen. A click
 * shows attributes, the field looks into them; nothing is checked, ordered, nested or mapped.
 */
export const plainPage = `<!DOCTYPE html>
<meta charset="utf-8">
<style>
  body { margin: 0; font: 13px sans-serif; }
  #scroller { position: absolute; inset: 30px 40% 0 0; overflow-y: scroll; }
  .row { position: absolute; height: 22px; width: 100%; white-space: nowrap; overflow: hidden; }
  #details { position: absolute; inset: 30px 0 0 60%; overflow: auto; white-space: pre; }
</style>
<input><span id="count"></span>
<div id="scroller"><div id="space"></div></div>
<div id="details"></div>
<script>
  const height = 22;
  const scroller = document.getElementById('scroller');
  let spans = [];
  const rows = [];
  function draw() {
    const first = Math.floor(scroller.scrollTop / height);
    for (let at = 0; at < 60; at++) {
      const row = (rows[at] ??= scroller.appendChild(document.createElement('div')));
      const span = spans[first + at];
      row.className = 'row';
      row.hidden = !span;
      if (!span) continue;
      row.style.top = (first + at) * height + 'px';
      row.textContent = span.operationName + ' ' + span.duration;
      row.span = span;
    }
  }
  let waiting = false;
  scroller.addEventListener('scroll', () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; draw(); });
  });
  scroller.addEventListener('click', ({ target }) => {
    document.getElementById('details').textContent = target.span.spanID + '\\n' +
      target.span.tags.map(({ key, value }) => key + ' ' + value).join('\\n');
  });
  document.querySelector('input').addEventListener('input', ({ target: { value } }) => {
    const [key, text] = value.includes('=') ? value.split('=') : [undefined, value];
    const found = spans.filter((span) => key === undefined ? span.operationName.includes(text)
      : span.tags.some((tag) => tag.key === key && String(tag.value) === text));
    document.getElementById('count').textContent = found.length;
  });
  fetch(location.pathname.replace('/plain/', '/api/traces/'))
    .then((answer) => answer.text())
    .then((text) => {
      spans = JSON.parse(text).data[0].spans;
      document.getElementById('space').style.height = spans.length * height + 'px';
      draw();
    });
</script>
`;
