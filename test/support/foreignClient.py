# A foreign XMPP client for tests: takes one JSON object per line, tells one per line.
import asyncio
import json
import sys

from slixmpp import ClientXMPP


def tell(**what):
    print(json.dumps(what), flush=True)


class Client(ClientXMPP):
    def __init__(self, jid, password):
        super().__init__(jid, password)
        for plugin in ("xep_0030", "xep_0045", "xep_0184", "xep_0199", "xep_0308", "xep_0333"):
            self.register_plugin(plugin)
        self.add_event_handler("session_start", self.start)
        self.add_event_handler("message", self.hear)
        self.add_event_handler("receipt_received", self.hear_receipt)
        self.add_event_handler("marker_displayed", self.hear_displayed)
        self.add_event_handler("failed_auth", lambda _: tell(event="error", why="not authorised"))

    async def start(self, _):
        self.send_presence()
        tell(event="ready", jid=str(self.boundjid))

    def hear(self, stanza):
        if stanza["type"] == "error" or stanza.xml.find("{jabber:client}body") is None:
            return
        replaced = stanza.xml.find("{urn:xmpp:message-correct:0}replace")
        tell(
            event="message",
            id=stanza["id"],
            type=stanza["type"],
            sender=str(stanza["from"]),
            body=stanza["body"],
            replaces=None if replaced is None else replaced.get("id"),
        )

    def hear_receipt(self, stanza):
        tell(event="receipt", sender=str(stanza["from"]), id=stanza["receipt"])

    def hear_displayed(self, stanza):
        tell(event="displayed", sender=str(stanza["from"]), id=stanza["displayed"]["id"])

    async def do(self, order):
        what = order["do"]
        if what == "join":
            await self["xep_0045"].join_muc_wait(order["room"], order["nick"], maxstanzas=0, timeout=10)
            tell(event="joined", room=order["room"])
        elif what == "send":
            stanza = self.make_message(mto=order["to"], mbody=order["body"], mtype=order["type"])
            stanza["id"] = order["id"]
            if order.get("replaces"):
                stanza["replace"]["id"] = order["replaces"]
            elif order["type"] == "chat":
                stanza["request_receipt"] = True
                stanza.enable("markable")
            stanza.send()
        elif what == "displayed":
            self["xep_0333"].send_marker(order["to"], order["id"], "displayed")

    async def follow(self, reader):
        while line := await reader.readline():
            try:
                await self.do(json.loads(line))
            except Exception as error:
                tell(event="error", why=repr(error))
        self.disconnect()


async def main():
    jid, password, port = sys.argv[1:]
    client = Client(jid, password)
    client.connect(("127.0.0.1", int(port)), disable_starttls=True, force_starttls=False)
    reader = asyncio.StreamReader(limit=2**20)
    await client.loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    await client.follow(reader)
    await client.disconnected


asyncio.get_event_loop().run_until_complete(main())
