// A sample bot on GREEN-API's SDK for JavaScript: answers a greeting, leaves a group when it is told to.
import whatsAppClient from '@green-api/whatsapp-api-client';

const [idInstance, apiTokenInstance, apiUrl] = process.argv.slice(2);
const api = whatsAppClient.restAPI({ idInstance, apiTokenInstance, host: apiUrl, media: apiUrl });

// The SDK tells what is sent by this callback, whatever it comes of.
async function received({ senderData, messageData }) {
    const text = (messageData.textMessageData ?? {}).textMessage ?? messageData.extendedTextMessageData?.text;
    if (text === 'hello, JavaScript') {
        await api.message.sendMessage(senderData.chatId, null, 'hello from JavaScript');
    } else if (text === 'goodbye, JavaScript') {
        console.log('left', JSON.stringify(await api.group.leaveGroup(senderData.chatId)));
    }
}

api.webhookService.onReceivingMessageText(received);
api.webhookService.onReceivingMessageTextURL(received);
await api.webhookService.startReceivingNotifications();
console.log('ready');
