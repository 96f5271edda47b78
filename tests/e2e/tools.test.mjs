// What a caller can have done: the five tools, in both forms of the wire.

import assert from 'node:assert/strict';
import { DEMO, STORY_CLOCK } from './lib/demo.mjs';
import { beginSeedCall, createNumber, createProperty, demoProperty, expectStatus, getCall, newCallId, seedTool, withServers } from './lib/suite.mjs';
import { answerFaults, message, toolCall, toolCalls } from './lib/vapi.mjs';

await withServers(async (bench) => {
  const { client } = bench;
  const test = (name, run) => bench.test(name, run);

  // Each form begins a call and gives a function that runs one tool in it.
  const forms = {
    async seed(caller) {
      const begun = await beginSeedCall(client, { phone_number: caller });
      return { id: begun.call_id, run: async (name, args) => check(expectStatus(await seedTool(client, begun.call_id, name, args), 200).json, name) };
    },
    async vapi(caller) {
      const callId = newCallId();
      const options = { providerPhoneId: DEMO.providerPhoneId, caller };
      expectStatus(await client.webhook('/incoming', message('assistant-request', { callId, ...options })), 200);
      const found = (await client.all('/phone-calls', 'calls')).find((call) => call.vapi_call_id === callId);
      let serial = 0;
      return {
        id: found.id,
        async run(name, args) {
          const body = toolCalls(callId, [toolCall(`call_${callId}_${++serial}`, name, args)], options);
          const answer = expectStatus(await client.webhook('/incoming', body), 200).json;
          assert.deepEqual(answerFaults('tool-calls', answer), []);
          assert.equal(answer.results.length, 1);
          assert.equal(answer.results[0].toolCallId, `call_${callId}_${serial}`);
          return check(answer.results[0], name);
        },
      };
    },
  };

  function check(result, name) {
    assert.ok(result.name === name || (name === 'get_properties' && result.name === 'search_properties'), `name ${result.name}`);
    assert.equal(typeof result.result === 'string', typeof result.error !== 'string', 'result or error, not both');
    const sentence = result.result ?? result.error;
    assert.ok(sentence.trim().length > 0);
    assert.doesNotMatch(sentence, /[\r\n\u2028\u2029]/, 'one line');
    return { ...result, sentence, ok: typeof result.result === 'string' };
  }

  const tasksOf = async (id) => (await client.all('/tasks', 'tasks')).filter((task) => task.phone_call_id === id);
  const offersOf = async (id) => (await client.all('/offers', 'offers')).filter((offer) => offer.phone_call_id === id);

  let demo;
  let serial = 0;
  const freshListing = () => createProperty(client, { address: `${5000 + serial++} Willow Rd`, city: 'Fresno', price: 640000, bedrooms: 3, bathrooms: 2, square_feet: 1500 });
  await test('the demo listing is there', async () => { demo = await demoProperty(client, DEMO.property.address); assert.ok(demo); });

  for (const [form, begin] of Object.entries(forms)) {
    const tool = (name, run) => test(`${form}: ${name}`, run);
    const caller = form === 'seed' ? '+14155550121' : '+14155550122';

    await tool('lookup_property by id, by address as written and as said', async () => {
      for (const args of [{ property_id: demo.id }, { property_id: String(demo.id) }, { address: '123 Main St' }, { address: '123 main street' }, { address: ' 123  Main St. ' }]) {
        const call = await begin(caller);
        const { ok, sentence } = await call.run('lookup_property', args);
        assert.ok(ok, `${JSON.stringify(args)}: ${sentence}`);
        assert.match(sentence, /\$850,000/);
        const record = await getCall(client, call.id);
        assert.equal(record.property_id, demo.id);
        assert.equal(record.intent, 'property_inquiry');
        assert.equal(record.outcome, 'information_provided');
      }
    });

    await tool('what is private of a listing is told to nobody', async () => {
      const listing = await createProperty(client, { address: `${6000 + serial++} Secret Ln`, city: 'Fresno', private_notes: 'the roof leaks', next_action: 'lean on the seller', blocked_reason: 'a lien' });
      const call = await begin(caller);
      for (const [name, args] of [['lookup_property', { property_id: listing.id }], ['search_properties', { city: 'Fresno' }], ['schedule_viewing', { property_id: listing.id, caller_name: 'J', date_time: '2026-10-01T10:00:00' }], ['create_offer', { property_id: listing.id, caller_name: 'J', amount: 1000 }]]) {
        assert.doesNotMatch(JSON.stringify(await call.run(name, args)), /roof leaks|lean on the seller|a lien/, name);
      }
    });

    await tool('lookup_property asks when it cannot know', async () => {
      await createProperty(client, { address: '10 Pine St', city: 'Oakland' });
      await createProperty(client, { address: '10 Pine St', city: 'Berkeley' });
      const call = await begin(caller);
      for (const args of [{}, { address: '' }, { address: '9999 Nowhere Blvd' }, { property_id: 999999999 }, { property_id: -1 }, { property_id: 'abc' }, { property_id: 1.5 }, { address: 7 }, { address: ['123 Main St'] }, { property_id: {} }, { address: '%' }, { address: '_' }]) {
        const { sentence } = await call.run('lookup_property', args);
        assert.doesNotMatch(sentence, /850,000/, JSON.stringify(args));
      }
      const which = await call.run('lookup_property', { address: '10 Pine St' });
      assert.match(which.sentence, /Oakland/);
      assert.match(which.sentence, /Berkeley/);
      const one = await call.run('lookup_property', { address: '10 Pine St, Berkeley' });
      assert.doesNotMatch(one.sentence, /Oakland/);
    });

    await tool('schedule_viewing at an instant with an offset, with Z, and in the number\'s own zone', async () => {
      for (const [date_time, wanted] of [['2026-09-05T14:00:00-07:00', '2026-09-05T21:00:00Z'], ['2026-09-05T21:00:00Z', '2026-09-05T21:00:00Z'], ['2026-09-05T14:00:00', '2026-09-05T21:00:00Z'], ['2026-09-05T14:00', '2026-09-05T21:00:00Z'], ['2026-12-05T14:00:00', '2026-12-05T22:00:00Z']]) {
        const listing = await freshListing();
        const call = await begin(caller);
        const { ok, sentence } = await call.run('schedule_viewing', { property_id: listing.id, caller_name: 'Jane Roe', date_time });
        assert.ok(ok, `${date_time}: ${sentence}`);
        const tasks = (await tasksOf(call.id)).filter((task) => task.kind === 'viewing');
        assert.equal(tasks.length, 1);
        assert.equal(Date.parse(tasks[0].scheduled_at), Date.parse(wanted), date_time);
        assert.equal(tasks[0].property_id, listing.id);
        assert.equal(tasks[0].caller_phone, caller, 'the verified number, not a claimed one');
        const record = await getCall(client, call.id);
        assert.equal(record.outcome, 'viewing_scheduled');
        assert.equal(record.intent, 'schedule_viewing');
        assert.equal(record.caller_name, 'Jane Roe');
        assert.equal(record.follow_up_created, true);
      }
    });

    await tool('schedule_viewing refuses the past and asks again for what is no time', async () => {
      const listing = await freshListing();
      const call = await begin(caller);
      for (const date_time of ['2026-08-31T14:00:00-07:00', '2020-01-01T00:00:00Z', 'tomorrow', '2026-13-01T10:00:00', '2026-02-30T10:00:00', '2026-09-05', '2026-09-05T25:00:00', '2026-09-05T14:00:00+99:00', '', null, 17, {}, '0000-00-00T00:00:00Z', '99999-01-01T00:00:00Z']) {
        const { ok, sentence } = await call.run('schedule_viewing', { property_id: listing.id, caller_name: 'Jane', date_time });
        if (ok) assert.match(sentence, /\?/, `${date_time}: ${sentence}`);
      }
      assert.deepEqual(await tasksOf(call.id), []);
      assert.equal((await getCall(client, call.id)).follow_up_created, false);
    });

    await tool('schedule_viewing says what is missing', async () => {
      const listing = await freshListing();
      const call = await begin(caller);
      for (const args of [{}, { property_id: listing.id }, { date_time: '2026-09-05T14:00:00' }, { property_id: 999999999, caller_name: 'x', date_time: '2026-09-05T14:00:00' }]) await call.run('schedule_viewing', args);
      assert.deepEqual(await tasksOf(call.id), []);
    });

    await tool('no two viewings of one listing overlap', async () => {
      const listing = await freshListing();
      const [one, two] = [await begin(caller), await begin('+14155550133')];
      assert.ok((await one.run('schedule_viewing', { property_id: listing.id, caller_name: 'A', date_time: '2026-09-06T14:00:00' })).ok);
      const clash = await two.run('schedule_viewing', { property_id: listing.id, caller_name: 'B', date_time: '2026-09-06T14:00:00' });
      assert.deepEqual(await tasksOf(two.id), [], clash.sentence);
      await two.run('schedule_viewing', { property_id: listing.id, caller_name: 'B', date_time: '2026-09-06T14:10:00' });
      assert.deepEqual(await tasksOf(two.id), []);
      assert.ok((await two.run('schedule_viewing', { property_id: listing.id, caller_name: 'B', date_time: '2026-09-06T18:00:00' })).ok);
    });

    await tool('create_offer takes amounts as they are said', async () => {
      for (const [amount, wanted] of [[400000, 400000], ['$400,000', 400000], ['400k', 400000], ['400000', 400000], ['1.2 million', 1200000], [1250000.5, 1250000.5], ['$1.25M', 1250000]]) {
        const listing = await freshListing();
        const call = await begin(caller);
        const { ok, sentence } = await call.run('create_offer', { property_id: listing.id, caller_name: 'Jane Roe', amount, contingencies: 'inspection' });
        assert.ok(ok, `${amount}: ${sentence}`);
        const offers = await offersOf(call.id);
        assert.equal(offers.length, 1);
        assert.equal(offers[0].amount, wanted, String(amount));
        assert.equal(offers[0].status, 'lead');
        assert.match(offers[0].contingencies, /inspection/);
        assert.equal(offers[0].property_id, listing.id);
        const tasks = await tasksOf(call.id);
        assert.equal(tasks.length, 1);
        assert.equal(tasks[0].priority, 'urgent');
        const record = await getCall(client, call.id);
        assert.equal(record.outcome, 'offer_created');
        assert.equal(record.intent, 'make_offer');
      }
    });

    await tool('create_offer refuses what is no amount', async () => {
      const listing = await freshListing();
      const call = await begin(caller);
      for (const amount of [0, -5, '', 'a lot', null, true, [], {}, '1e999', 1e300, 'NaN', '$', '-$400,000', '400000000000000000000']) {
        await call.run('create_offer', { property_id: listing.id, caller_name: 'Jane', amount });
        assert.deepEqual((await offersOf(call.id)).map((offer) => offer.amount), [], `amount ${JSON.stringify(amount)}`);
      }
      await call.run('create_offer', { caller_name: 'Jane', amount: 400000 });
      await call.run('create_offer', { property_id: 999999999, caller_name: 'Jane', amount: 400000 });
      assert.deepEqual(await offersOf(call.id), []);
      assert.deepEqual(await tasksOf(call.id), []);
    });

    await tool('contingencies may be a list', async () => {
      const listing = await freshListing();
      const call = await begin(caller);
      const { ok } = await call.run('create_offer', { property_id: listing.id, caller_name: 'Jane', amount: 400000, contingencies: ['inspection', 'financing'] });
      if (ok) assert.match((await offersOf(call.id))[0].contingencies ?? '', /inspection.*financing/, 'they are lost');
    });

    await tool('take_message keeps it and makes a high-priority task', async () => {
      const call = await begin(caller);
      const { ok } = await call.run('take_message', { caller_name: 'Zoë "Z" O\'Hara', phone: '(415) 555-0199', message: 'Please call me about parking. 🚗' });
      assert.ok(ok);
      const record = await getCall(client, call.id);
      assert.match(record.message, /parking\. 🚗/);
      assert.equal(record.outcome, 'message_taken');
      assert.equal(record.intent, 'speak_agent');
      assert.equal(record.caller_name, 'Zoë "Z" O\'Hara');
      assert.equal(record.follow_up_created, true);
      const tasks = await tasksOf(call.id);
      assert.equal(tasks.length, 1);
      assert.equal(tasks[0].kind, 'follow_up');
      assert.equal(tasks[0].priority, 'high');
      assert.equal(tasks[0].caller_phone, caller);
      assert.equal(record.phone_number, caller, 'a claimed number does not replace the real one');
      const nothing = await call.run('take_message', { caller_name: 'Zoë' });
      assert.ok(nothing.sentence);
      assert.equal((await tasksOf(call.id)).length, 1);
    });

    await tool('search_properties by city, price and bedrooms', async () => {
      const city = form === 'seed' ? 'Alameda' : 'Benicia';
      for (let i = 0; i < 8; i++) await createProperty(client, { address: `${700 + i} Shore Dr`, city, price: 300000 + 50000 * i, bedrooms: 1 + (i % 4) });
      const call = await begin(caller);
      const all = await call.run('search_properties', { city });
      assert.ok(all.ok);
      const spoken = new Set(all.sentence.match(/7\d\d Shore/g) ?? []);
      assert.ok(spoken.size >= 1 && spoken.size <= 5, `${spoken.size} spoken: ${all.sentence}`);
      const cheap = await call.run('search_properties', { city: city.toUpperCase(), max_price: '350k', bedrooms: 1 });
      assert.match(cheap.sentence, /700 Shore/);
      assert.doesNotMatch(cheap.sentence, /70[2-7] Shore/);
      const large = await call.run('search_properties', { city, bedrooms: '4' });
      assert.doesNotMatch(large.sentence, /70[0124568] Shore/);
      const none = await call.run('search_properties', { city: 'Atlantis' });
      assert.doesNotMatch(none.sentence, /Shore/);
      for (const args of [{}, { city: '%' }, { city: '', min_price: 'x' }, { bedrooms: -3 }, { min_price: 900000, max_price: 100 }, { city: 7 }, null]) await call.run('search_properties', args);
      assert.equal((await getCall(client, call.id)).intent, 'general');
    });

    await tool('get_properties is search_properties by another name', async () => {
      const call = await begin(caller);
      assert.ok((await call.run('get_properties', {})).ok);
    });

    await tool('better knowledge is not overwritten by worse', async () => {
      const listing = await freshListing();
      const call = await begin(caller);
      await call.run('schedule_viewing', { property_id: listing.id, caller_name: 'Jane Roe', date_time: '2026-09-07T10:00:00' });
      await call.run('search_properties', { city: 'Fresno' });
      await call.run('lookup_property', { address: '123 Main St' });
      const record = await getCall(client, call.id);
      assert.equal(record.outcome, 'viewing_scheduled');
      assert.equal(record.intent, 'schedule_viewing');
      assert.equal(record.caller_name, 'Jane Roe');
    });
  }

  await test('vapi: arguments as an object, as a string, empty, missing or none at all', async () => {
    const callId = newCallId();
    const options = { providerPhoneId: DEMO.providerPhoneId };
    for (const args of [{ address: '123 Main St' }, '{"address":"123 Main St"}']) {
      const answer = expectStatus(await client.webhook('/incoming', toolCalls(callId, [toolCall(newCallId(), 'lookup_property', args)], options)), 200).json;
      assert.match(answer.results[0].result, /850,000/);
    }
    for (const args of ['', null, undefined, '{', '[]', [], 'text', 17, '"x"', true]) {
      const answer = expectStatus(await client.webhook('/incoming', toolCalls(callId, [toolCall(newCallId(), 'lookup_property', args)], options)), 200).json;
      assert.deepEqual(answerFaults('tool-calls', answer), []);
    }
  });

  await test('vapi: several calls in one message, once each, in order, whatever lists they are in', async () => {
    const callId = newCallId();
    const listing = await freshListing();
    const calls = [
      toolCall('call_b', 'take_message', { caller_name: 'Jane', message: 'One message' }),
      toolCall('call_a', 'no_such_tool', {}),
      toolCall('call_c', 'create_offer', { property_id: listing.id, caller_name: 'Jane', amount: '500k' }),
      toolCall('call_b', 'take_message', { caller_name: 'Jane', message: 'One message' }),
    ];
    const body = toolCalls(callId, calls, { providerPhoneId: DEMO.providerPhoneId });
    body.message.toolCalls = calls;
    const answer = expectStatus(await client.webhook('/incoming', body), 200).json;
    assert.deepEqual(answerFaults('tool-calls', answer), []);
    const ids = answer.results.map((result) => result.toolCallId);
    assert.deepEqual([...new Set(ids)], ['call_b', 'call_a', 'call_c']);
    assert.ok(answer.results.find((result) => result.toolCallId === 'call_a').error);
    const again = expectStatus(await client.webhook('/incoming', body), 200).json;
    assert.deepEqual(again, answer);
    const call = (await client.all('/phone-calls', 'calls')).find((item) => item.vapi_call_id === callId);
    assert.equal((await offersOf(call.id)).length, 1);
    assert.equal((await tasksOf(call.id)).length, 2);
  });

  await test('vapi: a model that asks twice under two ids books once', async () => {
    const callId = newCallId();
    const listing = await freshListing();
    const args = { property_id: listing.id, caller_name: 'Jane', date_time: '2026-09-08T10:00:00' };
    for (const id of ['call_1', 'call_2']) {
      const answer = expectStatus(await client.webhook('/incoming', toolCalls(callId, [toolCall(id, 'schedule_viewing', args)], { providerPhoneId: DEMO.providerPhoneId })), 200).json;
      assert.ok(answer.results[0].result, answer.results[0].error);
    }
    const call = (await client.all('/phone-calls', 'calls')).find((item) => item.vapi_call_id === callId);
    assert.equal((await tasksOf(call.id)).filter((task) => task.kind === 'viewing').length, 1);
  });

  await test('vapi: the caller cannot speak for another number', async () => {
    const callId = newCallId();
    const body = toolCalls(callId, [toolCall('call_1', 'take_message', { caller_name: 'Mallory', message: 'hi', caller_number: '+14155550666', phone: '+14155550777' })], { providerPhoneId: DEMO.providerPhoneId, caller: '+14155550144' });
    expectStatus(await client.webhook('/incoming', body), 200);
    const call = (await client.all('/phone-calls', 'calls')).find((item) => item.vapi_call_id === callId);
    assert.equal(call.phone_number, '+14155550144');
    assert.equal((await tasksOf(call.id))[0].caller_phone, '+14155550144');
  });

  await test('the zone of the number called decides what an hour means', async () => {
    const number = await createNumber(client, { timezone: 'America/New_York' });
    const listing = await freshListing();
    const begun = await beginSeedCall(client, { vapi_phone_id: number.provider_phone_id });
    expectStatus(await seedTool(client, begun.call_id, 'schedule_viewing', { property_id: listing.id, caller_name: 'Jane', date_time: '2026-09-09T14:00:00' }), 200);
    assert.equal(Date.parse((await tasksOf(begun.call_id))[0].scheduled_at), Date.parse('2026-09-09T18:00:00Z'));
  });

  await test('a listing sold or inactive is not offered in a search', async () => {
    await createProperty(client, { address: '1 Gone Way', city: 'Vallejo', listing_status: 'sold' });
    await createProperty(client, { address: '2 Here Way', city: 'Vallejo' });
    const begun = await beginSeedCall(client);
    const answer = expectStatus(await seedTool(client, begun.call_id, 'search_properties', { city: 'Vallejo' }), 200).json;
    assert.match(answer.result, /2 Here Way/);
    assert.doesNotMatch(answer.result, /1 Gone Way/);
  });
}, { packages: ['ajv', 'ajv-formats'], env: { AI_REALTOR_CLOCK: STORY_CLOCK } });
