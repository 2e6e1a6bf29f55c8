'use strict';

// Measures what loading a handler is made of; run by Hearth's client only when somebody asks for it.
//
// CommonJS modules are seen through the loader's two entries, with everything they require nested in them. An ES
// module is told of by a line in front of and behind its source, since node has no hook for running one: what it
// imports has run by then, so its own time needs no subtraction, and it is the parent of what it was the first to
// ask for.

const Module = require('module');
const path = require('path');
const { fileURLToPath, pathToFileURL } = require('url');

const KEY = 'hearth.imports';
const WORTH_NANOS = 20_000n; // a built-in module that node has at hand takes less

const root = process.env.LAMBDA_TASK_ROOT + path.sep;
const rows = [];
const open = [];
const modules = new Map(); // rows of ES modules by URL
const parents = new Map(); // who asked first, by URL; where hooks run in this thread
let unwatchRequire;
const now = () => process.hrtime.bigint();
let evaluating; // when the first module ran

function nameOf(file) {
  const installed = file.lastIndexOf('node_modules' + path.sep);
  if (installed >= 0) return file.slice(installed + 13);
  return file.startsWith(root) ? file.slice(root.length) : file;
}

const isFileUrl = (url) => url.startsWith('file:');
const fileOf = (url) => (isFileUrl(url) ? fileURLToPath(url) : url);

/** Runs something that may load more, which is then nested in it. */
function nested(row, action) {
  row.parent = open.at(-1);
  open.push(row);
  try {
    return action();
  } finally {
    open.pop();
    const took = now() - row.start;
    row.own += took;
    if (row.parent && row.seen) row.parent.own -= took;
  }
}

function watchRequire() {
  const { _load, prototype, builtinModules } = Module;
  const { load } = prototype;
  unwatchRequire = () => {
    Module._load = _load;
    prototype.load = load;
  };
  const isBuiltin = (name) => typeof name === 'string' && (name.startsWith('node:') || builtinModules.includes(name));
  Module._load = function (request, ...rest) {
    const row = { start: now(), own: 0n, seen: false };
    const builtin = isBuiltin(request);
    return nested(row, () => {
      try {
        return _load.call(this, request, ...rest);
      } finally {
        if (builtin && !row.seen && now() - row.start > WORTH_NANOS) see(row, request, '');
        if (!row.seen && row.own !== 0n) leave(row);
      }
    });
  };
  prototype.load = function (file) {
    const asked = open.at(-1);
    if (asked && !asked.seen) {
      see(asked, nameOf(file), file);
      return load.call(this, file);
    }
    const row = { start: now(), own: 0n };
    see(row, nameOf(file), file);
    return nested(row, () => load.call(this, file));
  };
}

function see(row, name, file) {
  evaluating ??= row.start;
  Object.assign(row, { seen: true, name, file });
  rows.push(row);
}

/** A request that loaded others without being a module itself: they are those of whoever made it. */
function leave(row) {
  for (const other of rows) if (other.parent === row) other.parent = row.parent;
  // So far they have been subtracted from this row, which nobody sees.
  if (row.parent) row.parent.own += row.own;
}

globalThis[Symbol.for(KEY)] = {
  begin(url, parent) {
    const row = { start: now(), own: 0n, url };
    modules.set(url, row);
    if (parent) parents.set(url, parent);
    see(row, nameOf(fileOf(url)), fileOf(url));
    open.push(row);
  },
  end(url) {
    const row = modules.get(url);
    const took = now() - row.start;
    row.own += took;
    const at = open.lastIndexOf(row);
    if (at < 0) return;
    open.splice(at);
    if (at > 0) open[at - 1].own -= took; // it waits for a module that it has asked for while running
  },
};

/** The source of an ES module with the two lines; also used in the thread of hooks. */
function marked(source, url, parent) {
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
  const call = (what) => `globalThis[Symbol.for('hearth.imports')].${what};`;
  const begin = call(`begin(${JSON.stringify(url)},${JSON.stringify(parent ?? null)})`);
  const end = '\n' + call(`end(${JSON.stringify(url)})`);
  const line = text.startsWith('#!') ? text.indexOf('\n') + 1 : 0;
  return text.slice(0, line) + begin + text.slice(line) + end;
}

function watchImport() {
  if (Module.registerHooks) {
    Module.registerHooks({
      resolve(specifier, context, next) {
        const found = next(specifier, context);
        if (context.parentURL && !parents.has(found.url)) parents.set(found.url, context.parentURL);
        return found;
      },
      load(url, context, next) {
        const loaded = next(url, context);
        if (loaded.format !== 'module' || !isFileUrl(url) || loaded.source == null) return loaded;
        return { ...loaded, source: marked(loaded.source, url, parents.get(url)) };
      },
    });
  } else if (Module.register) {
    const source = `
      const parents = new Map();
      const marked = ${marked};
      export async function resolve(specifier, context, next) {
        const found = await next(specifier, context);
        if (context.parentURL && !parents.has(found.url)) parents.set(found.url, context.parentURL);
        return found;
      }
      export async function load(url, context, next) {
        const loaded = await next(url, context);
        if (loaded.format !== 'module' || !url.startsWith('file:') || loaded.source == null) return loaded;
        return { ...loaded, source: marked(loaded.source, url, parents.get(url)) };
      }`;
    Module.register('data:text/javascript,' + encodeURIComponent(source));
  }
}

/** Parents before children, as ImportReport wants them. */
function inOrder() {
  const children = new Map();
  for (const row of rows) {
    const url = row.url ?? (row.file && !row.parent ? pathToFileURL(row.file).href : undefined);
    row.parent ??= modules.get(parents.get(url));
    const key = row.parent ?? null;
    if (!children.has(key)) children.set(key, []);
    children.get(key).push(row);
  }
  const sorted = [];
  const add = (row, parent) => {
    const index = sorted.push([row, parent]) - 1;
    children.get(row)?.forEach((child) => add(child, index));
  };
  children.get(null)?.forEach((row) => add(row, -1));
  return sorted;
}

exports.start = () => {
  watchRequire();
  watchImport();
};

/** Ends the watch; `begun` is when the client began to load the handler. */
exports.stop = (begun) => {
  unwatchRequire();
  if (modules.size > 0) {
    const linked = { start: begun, own: evaluating - begun, name: '(finding, reading and linking ES modules)', file: '' };
    rows.unshift(linked);
  }
  const plain = (text) => text.replace(/[\x00-\x1f\x7f]/g, '?');
  const own = (row) => (row.own > 0n ? row.own : 0n);
  return inOrder()
    .map(([row, parent]) => [parent, 'm', row.start, own(row), plain(row.name), plain(row.file)].join('\t'))
    .join('\n');
};
