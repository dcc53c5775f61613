// A program whose SDK knows one host only, api.green-api.com: writes a text, leaves a group, and says what it was answered.
import sdk from '@green-api/whatsapp-api-client-js-v2';

const [idInstance, apiTokenInstance, chatId, message, groupId] = process.argv.slice(2);
const client = new sdk.GreenApiClient({ idInstance, apiTokenInstance });
console.log('sent', (await client.sendMessage({ chatId, message })).idMessage);
console.log('left', JSON.stringify(await client.leaveGroup({ groupId })));
