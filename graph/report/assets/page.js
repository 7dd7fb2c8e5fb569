'use strict';
// Draws the pictures that can be moved. Texts from the data reach the page through textContent only.
(function () {
  var root = document.documentElement;
  var data = JSON.parse(document.getElementById('graph-data').textContent);
  var corners = {};
  data.kinds.forEach(function (k) { corners[k.kind] = k.corners.join(' '); });

  function element(name, className, text) {
    var e = document.createElement(name);
    if (className) { e.className = className; }
    if (text !== undefined) { e.textContent = text; }
    return e;
  }

  function colour(name) { return getComputedStyle(root).getPropertyValue('--' + name).trim(); }

  function style() {
    var ink = colour('ink'), out = [
      { selector: 'node', style: { 'label': 'data(label)', 'font-size': 10, 'color': ink, 'text-outline-color': colour('paper'), 'text-outline-width': 2,
        'font-family': getComputedStyle(document.body).fontFamily, 'min-zoomed-font-size': 6, 'width': 20, 'height': 20, 'overlay-opacity': 0 } },
      { selector: 'node[kind = "account"]', style: { 'shape': 'ellipse', 'width': 14, 'height': 14, 'text-valign': 'center', 'text-margin-x': 4, 'background-color': colour('k-account') } },
      { selector: 'node[side = "right"]', style: { 'text-halign': 'right' } },
      { selector: 'node[side = "left"]', style: { 'text-halign': 'left', 'text-margin-x': -4 } },
      { selector: 'node[kind != "account"]', style: { 'shape': 'polygon', 'text-valign': 'bottom', 'text-margin-y': 3 } },
      { selector: 'edge', style: { 'width': 1.4, 'curve-style': 'straight', 'opacity': .5 } },
      { selector: 'edge[points < 5]', style: { 'line-style': 'dashed' } },
      { selector: 'edge[kind = "person"]', style: { 'width': 4, 'line-color': colour('k-account'), 'opacity': .35 } },
      { selector: '.far', style: { 'opacity': .12 } },
      { selector: 'edge.near', style: { 'width': 2.4, 'opacity': .95 } },
      { selector: 'node[aside = "yes"]', style: { 'background-opacity': .15, 'border-width': 2, 'border-color': colour('k-account') } },
      { selector: 'node:selected', style: { 'border-width': 3, 'border-color': ink } }
    ];
    data.kinds.forEach(function (k) {
      out.push({ selector: 'node[kind = "' + k.kind + '"]', style: { 'background-color': colour('k-' + k.kind), 'shape-polygon-points': corners[k.kind] } });
      out.push({ selector: 'edge[kind = "' + k.kind + '"]', style: { 'line-color': colour('k-' + k.kind) } });
    });
    return out;
  }

  function elements(graph) {
    var out = [], accounts = graph.nodes.filter(function (n) { return n.kind === 'account'; }).length;
    graph.nodes.forEach(function (n, i) {
      out.push({ group: 'nodes', data: { id: 'n' + i, index: i, kind: n.kind, label: n.label, aside: n.aside ? 'yes' : 'no', side: n.kind === 'account' ? n.side : 'none' }, position: { x: n.x, y: n.y } });
    });
    graph.links.forEach(function (l, i) {
      out.push({ group: 'edges', data: { id: 'e' + i, source: 'n' + l[0], target: 'n' + (accounts + l[1]), kind: graph.nodes[accounts + l[1]].kind, points: l[2] } });
    });
    graph.same.forEach(function (l, i) {
      out.push({ group: 'edges', data: { id: 's' + i, source: 'n' + l[0], target: 'n' + l[1], kind: 'person', points: 10 } });
    });
    return out;
  }

  function show(panel, graph, cy, index) {
    panel.textContent = '';
    if (index < 0) {
      panel.append(element('p', 'muted', 'Choose a node to see what it is. Drag to move, scroll or pinch to zoom. Everything is in the tables below as well.'));
      return;
    }
    var n = graph.nodes[index], facts = element('ul');
    panel.append(element('h4', '', n.title));
    n.facts.forEach(function (f) { facts.append(element('li', '', f)); });
    panel.append(facts);
    var near = cy.getElementById('n' + index).connectedEdges('[kind != "person"]').connectedNodes('[index != ' + index + ']');
    panel.append(element('p', 'muted', n.kind === 'account' ? 'Shares ' + near.length + ' of the values drawn:' : 'Seen with ' + near.length + ' of the accounts drawn:'));
    var names = element('ul');
    near.toArray().slice(0, 30).forEach(function (m) { names.append(element('li', '', graph.nodes[m.data('index')].title)); });
    if (near.length > 30) { names.append(element('li', 'muted', 'and ' + (near.length - 30) + ' more')); }
    panel.append(names);
    if (n.anchor) {
      var go = element('button', '', 'Open the evidence');
      go.type = 'button';
      go.addEventListener('click', function () { open(n.anchor); });
      panel.append(go);
    }
  }

  // open unfolds what an address in this page points at, and goes there.
  function open(anchor) {
    var target = document.getElementById(anchor);
    if (!target) { return; }
    for (var e = target; e; e = e.parentElement) { if (e.tagName === 'DETAILS') { e.open = true; } }
    document.querySelectorAll('.ev.lit').forEach(function (e) { e.classList.remove('lit'); });
    if (target.classList.contains('ev')) { target.classList.add('lit'); target.querySelector('summary').focus({ preventScroll: true }); }
    target.scrollIntoView({ block: 'start' });
  }

  function choose(state, index) {
    var cy = state.cy;
    cy.elements().removeClass('far near');
    if (index >= 0) {
      var n = cy.getElementById('n' + index), near = n.closedNeighborhood();
      cy.elements().not(near).addClass('far');
      near.edges().addClass('near');
    }
    show(state.panel, state.graph, cy, index);
  }

  function draw(state) {
    if (state.cy) { return; }
    size(state);
    var cy = state.cy = cytoscape({ container: state.canvas, elements: elements(state.graph), style: style(), layout: { name: 'preset', fit: true, padding: 30 },
      minZoom: .05, maxZoom: 4, boxSelectionEnabled: false, selectionType: 'single' });
    fit(cy);
    cy.on('tap', 'node', function (e) { choose(state, e.target.data('index')); });
    cy.on('tap', function (e) { if (e.target === cy) { choose(state, -1); } });
    choose(state, -1);
    state.figure.setAttribute('data-drawn', 'yes');
  }

  // size makes the canvas as high as the drawing needs at the width there is, with room for labels beside the ring.
  function size(state) {
    var xs = state.graph.nodes.map(function (n) { return n.x; }), ys = state.graph.nodes.map(function (n) { return n.y; });
    var w = Math.max.apply(null, xs) - Math.min.apply(null, xs) + 320, h = Math.max.apply(null, ys) - Math.min.apply(null, ys) + 60;
    state.canvas.style.height = Math.round(Math.min(760, Math.max(260, state.canvas.clientWidth * h / w))) + 'px';
  }

  // fit leaves room for labels, which stand outside of the ring.
  function fit(cy) {
    cy.fit(cy.elements(), 24);
  }

  function toggle(state, moving) {
    state.moving.hidden = !moving;
    state.still.hidden = moving;
    state.caption.hidden = moving;
    state.buttons[0].setAttribute('aria-pressed', String(!moving));
    state.buttons[1].setAttribute('aria-pressed', String(moving));
    if (moving) { draw(state); state.cy.resize(); }
  }

  function prepare(figure) {
    var graph = data.graphs.find(function (g) { return g.anchor === figure.dataset.graph; });
    if (!graph) { return; }
    var s = { figure: figure, graph: graph, still: figure.querySelector('.still'), caption: figure.querySelector('figcaption'), moving: element('div', 'moving'),
      canvas: element('div', 'canvas'), panel: element('div', 'panel'), buttons: [element('button', '', 'Columns'), element('button', '', 'Network')] };
    var tools = element('div', 'tools'), whole = element('button', '', 'Show all');
    s.canvas.setAttribute('role', 'img');
    s.canvas.setAttribute('aria-label', 'Network of accounts and the values they share; the tables below say the same');
    s.panel.setAttribute('aria-live', 'polite');
    [s.buttons[0], s.buttons[1], whole].forEach(function (b) { b.type = 'button'; tools.append(b); });
    s.buttons[0].addEventListener('click', function () { toggle(s, false); });
    s.buttons[1].addEventListener('click', function () { toggle(s, true); });
    whole.addEventListener('click', function () { toggle(s, true); choose(s, -1); fit(s.cy); });
    s.moving.append(s.canvas, s.panel);
    figure.insertBefore(tools, s.still);
    figure.insertBefore(s.moving, s.still);
    s.moving.hidden = true; // the columns are clear at once; the network is drawn when it is asked for
    s.buttons[0].setAttribute('aria-pressed', 'true');
    s.buttons[1].setAttribute('aria-pressed', 'false');
    return s;
  }

  var states = Array.from(document.querySelectorAll('figure[data-graph]')).map(prepare).filter(Boolean);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', function () {
    states.forEach(function (s) { if (s.cy) { s.cy.style(style()); } });
  });
  document.addEventListener('click', function (e) {
    var a = e.target.closest ? e.target.closest('a[href^="#"]') : null;
    if (a) { open(a.getAttribute('href').slice(1)); }
  });
  if (location.hash) { open(location.hash.slice(1)); }
})();
