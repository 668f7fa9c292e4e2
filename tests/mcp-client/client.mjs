// SPDX-License-Identifier: GPL-2.0-or-later
// Asks `tome mcp` with the published TypeScript client: everything that it lists is called, structured
// content is checked against its schema (the client does), each revision is spoken.
//
//   node client.mjs TOME INDEX      INDEX holds the bundled shelf
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/sdk/types.js';

const [tome, index] = process.argv.slice(2);

// Asks for a revision of its own choice and keeps the one that was agreed on.
class Transport extends StdioClientTransport {
  constructor(wanted, folder) {
    super({ command: tome, args: ['--index', folder, 'mcp'], stderr: 'pipe' });
    this.wanted = wanted;
  }
  send(message) {
    if (message.method === 'initialize' && this.wanted) message.params.protocolVersion = this.wanted;
    return super.send(message);
  }
  setProtocolVersion(agreed) {
    this.agreed = agreed;
  }
}

async function connect(wanted, folder = index) {
  const transport = new Transport(wanted, folder);
  const client = new Client({ name: 'tome-test', version: '1' });
  const troubles = [];
  client.onerror = (error) => troubles.push(error);
  await client.connect(transport);
  let diagnostics = '';
  transport.stderr.on('data', (bytes) => (diagnostics += bytes));
  const close = async () => {
    await client.close();
    assert.deepEqual(troubles, [], 'a message that is not of the protocol');
    assert.equal(diagnostics, '');
  };
  return { client, transport, close };
}

const text = (result) => result.content.map((part) => part.text).join('');
const failsWith = (code, promise) => assert.rejects(promise, (error) => error.code === code);

async function everything() {
  const { client, transport, close } = await connect();
  assert.equal(transport.agreed, SUPPORTED_PROTOCOL_VERSIONS[0]);
  assert.equal(client.getServerVersion().name, 'tome');
  assert.match(client.getInstructions(), /search_passages/);
  assert.deepEqual(await client.ping(), {});

  const { tools } = await client.listTools();
  assert.deepEqual(tools.map((tool) => tool.name).sort(), [
    'best_books', 'list_works', 'read_passage', 'search_passages', 'similar_passages']);
  for (const tool of tools) assert.equal(tool.annotations.readOnlyHint, true);
  const call = async (name, given) => {
    const result = await client.callTool({ name, arguments: given });
    assert.notEqual(result.isError, true, text(result));
    return result;
  };

  const found = await call('search_passages', { question: 'how do descriptors work?', count: 3 });
  const passages = found.structuredContent.passages;
  assert.equal(passages.length, 3);
  assert.match(passages[0].title, /^Fluent Python/);
  for (const passage of passages) {
    for (const part of [passage.id, passage.place, passage.text, passage.authors[0]]) {
      assert.ok(text(found).includes(part), part);
    }
  }
  const page = await call('search_passages', { question: 'how do descriptors work?', offset: 3 });
  assert.ok(!page.structuredContent.passages.some((each) => each.id === passages[2].id));
  const none = await call('search_passages', { question: '+xyzzyplugh' });
  assert.match(text(none), /Nothing found/);

  const books = (await call('best_books', { question: 'CQRS', count: 2 })).structuredContent.books;
  assert.equal(books.length, 2);
  assert.ok(books[0].best.length > 0);

  const read = await call('read_passage', { id: passages[0].id, context: 5 });
  assert.ok(read.structuredContent.before.length > 0);
  const like = await call('similar_passages', { id: passages[0].id });
  assert.ok(like.structuredContent.passages.length > 0);

  const titles = [];
  let cursor;
  let total;
  do {
    const works = (await call('list_works', { count: 100, cursor })).structuredContent;
    titles.push(...works.works);
    ({ next_cursor: cursor, total } = works);
  } while (cursor);
  assert.equal(titles.length, total);
  assert.ok(total > 100, 'the bundled shelf has more than one page');

  const resources = [];
  do {
    const listed = await client.listResources({ cursor });
    resources.push(...listed.resources);
    cursor = listed.nextCursor;
  } while (cursor);
  assert.deepEqual(resources.map((each) => each.uri), titles.map((each) => each.work));
  const outline = await client.readResource({ uri: resources[0].uri });
  assert.equal(outline.contents[0].mimeType, 'text/plain');
  assert.match(outline.contents[0].text, /headings:/);
  const { resourceTemplates } = await client.listResourceTemplates();
  const template = resourceTemplates.find((each) => each.name === 'passage').uriTemplate;
  const passage = await client.readResource({ uri: template.replace('{id}', passages[0].id) });
  assert.ok(passage.contents[0].text.includes(passages[0].id));

  await failsWith(-32602, client.callTool({ name: 'no_such_tool' }));
  await failsWith(-32002, client.readResource({ uri: 'tome://work/nosuchwork' }));
  await failsWith(-32602, client.listResources({ cursor: 'nosuchcursor' }));
  await failsWith(-32601, client.setLoggingLevel('debug'));
  for (const [name, given] of [['read_passage', { id: 'nosuchpassag' }], ['search_passages', {}]]) {
    assert.equal((await client.callTool({ name, arguments: given })).isError, true);
  }
  await close();
}

async function everyRevision() {
  for (const wanted of [...SUPPORTED_PROTOCOL_VERSIONS, '1999-01-01']) {
    const { client, transport, close } = await connect(wanted);
    const known = SUPPORTED_PROTOCOL_VERSIONS.includes(wanted);
    assert.equal(transport.agreed, known ? wanted : SUPPORTED_PROTOCOL_VERSIONS[0]);
    const structured = transport.agreed >= '2025-06-18';
    const { tools } = await client.listTools();
    for (const tool of tools) assert.equal(tool.outputSchema !== undefined, structured);
    const result = await client.callTool({
      name: 'search_passages', arguments: { question: 'what is a hash table?' } });
    assert.equal(result.structuredContent !== undefined, structured);
    assert.match(text(result), /\nid: [a-z2-7]{12}\n/);
    await close();
  }
}

async function noIndex() {
  const { client, close } = await connect(undefined, '/nonexistent/index');
  const result = await client.callTool({ name: 'list_works', arguments: {} });
  assert.equal(result.isError, true);
  assert.match(text(result), /there is no index yet/);
  await close();
}

// How the program ends when `end` is done to it.
function exitCode(end) {
  return new Promise((resolve) => {
    const program = spawn(tome, ['--index', index, 'mcp'], { stdio: ['pipe', 'pipe', 'inherit'] });
    program.on('exit', (code, signal) => resolve(signal ?? code));
    program.stdout.once('data', () => end(program));
    program.stdin.write('{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
  });
}

for (const test of [everything, everyRevision, noIndex]) {
  await test();
  console.log(`mcp-test: ${test.name}: ok`);
}
assert.equal(await exitCode((program) => program.stdin.end()), 0);
assert.equal(await exitCode((program) => program.kill('SIGTERM')), 0);
console.log('mcp-test: ends with 0: ok');
