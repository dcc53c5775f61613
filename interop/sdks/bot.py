"""A sample bot on GREEN-API's SDK for Python: answers a greeting, leaves a group when it is told to."""

import sys

from whatsapp_chatbot_python import GreenAPIBot, Notification

id_instance, api_token_instance, api_url = sys.argv[1:]
bot = GreenAPIBot(id_instance, api_token_instance, host=api_url, media=api_url, raise_errors=True)


@bot.router.message(text_message="hello, Python")
def greet(notification: Notification) -> None:
    notification.answer("hello from Python")


@bot.router.message(text_message="goodbye, Python")
def leave(notification: Notification) -> None:
    answer = notification.api.groups.leaveGroup(notification.chat)
    print("left", answer.code, answer.data, flush=True)


print("ready", flush=True)
bot.run_forever()
