#!/usr/bin/env python3
"""Drives the simulator from outside: Python's standard library, and the vendors' documented rules.

Starts `cargo run -p livecloud-sim --example serve`, or the program named by LIVECLOUD_SIM_SERVE, calls all
sixteen operations, provokes refusals and faults, and receives callbacks. Ends with an error at the first mismatch.
"""

import base64
import hashlib
import hmac
import http.client
import http.server
import json
import os
import pathlib
import queue
import subprocess
import sys
import threading
import time
import urllib.parse

ZEGO, VOD, LIVE, ANYRTC = "zego-cloud-player", "polyv-vod", "polyv-live", "anyrtc-recording"

ZEGO_APP_ID = "12345"
ZEGO_SERVER_SECRET = "9193cc662a4c0ec135ec71fb57194b38"
ZEGO_CALLBACK_SECRET = "demo-zego-callback-secret"
VOD_APP_ID = "demoAppId9"
VOD_APP_SECRET = "DemoSubSecret02"
VOD_SECRET_KEY = "DemoSecretKey01"
VOD_VIDEO = "abcde123450f1e2d3c4b5a69788796a5_a"
LIVE_APP_ID = "demoApp01"
LIVE_APP_SECRET = "demo-secret-0123456789abcdef"
LIVE_CHANNEL = "2191541"
LIVE_ACCOUNT = "0052191541"
ANYRTC_APP_ID = "0123456789abcdef0123456789abcdef"
ANYRTC_CUSTOMER = "customerId:customerSecret"
ANYRTC_CALLBACK_SECRET = "demo-anyrtc-callback-secret"

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
PATIENCE = 30


class Mismatch(Exception):
    """Something is not as documented."""


def check(what, actual, expected):
    if actual != expected:
        raise Mismatch(f"{what}: {actual!r}, expected {expected!r}")


def say(text):
    print(f"drive: {text}", flush=True)


def md5(text):
    return hashlib.md5(text.encode()).hexdigest()


class Simulator:
    """The simulator's process, and one plain HTTP request at a time."""

    def __init__(self):
        program = os.environ.get("LIVECLOUD_SIM_SERVE")
        cargo = os.environ.get("CARGO", "cargo")
        command = [program] if program else [cargo, "run", "-q", "-p", "livecloud-sim", "--example", "serve"]
        workspace = pathlib.Path(__file__).resolve().parents[3]
        self.process = subprocess.Popen(command, cwd=workspace, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        line = self.process.stdout.readline()
        if not line:
            raise Mismatch(f"{command} ended with {self.process.wait()} and printed no URLs")
        self.urls = json.loads(line)
        check("vendors", sorted(self.urls), sorted([ZEGO, VOD, LIVE, ANYRTC]))

    def send(self, vendor, method, target, content_type=None, body="", headers=None):
        """Status and text of the reply."""
        host = self.urls[vendor].removeprefix("http://")
        connection = http.client.HTTPConnection(host, timeout=PATIENCE)
        try:
            headers = dict(headers or {})
            if content_type:
                headers["Content-Type"] = content_type
            connection.request(method, target, body=body.encode(), headers=headers)
            reply = connection.getresponse()
            return reply.status, reply.read().decode()
        finally:
            connection.close()

    def control(self, method, path, members=None, vendor=ZEGO):
        body = "" if members is None else json.dumps(members)
        status, text = self.send(vendor, method, f"/__sim/{path}", JSON, body)
        check(f"{method} /__sim/{path} {text}", status, 200)
        return json.loads(text)

    def stop(self):
        """Closes its input, and expects it to end well."""
        self.process.stdin.close()
        return self.process.wait(PATIENCE)


class Receiver:
    """A callback receiver that takes down what comes."""

    def __init__(self):
        self.came = queue.Queue()
        came = self.came

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                came.put((self.command, self.path, self.headers, body))
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            do_GET = do_POST

            def log_message(self, *_):
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def next(self):
        return self.came.get(timeout=PATIENCE)


# ZEGO: MD5 over AppId, nonce, secret and seconds, in the query.


def zego_call(sim, action, members, secret=ZEGO_SERVER_SECRET, at=None):
    nonce, seconds = os.urandom(8).hex(), str(int(time.time() if at is None else at))
    query = {
        "Action": action,
        "AppId": ZEGO_APP_ID,
        "SignatureNonce": nonce,
        "Timestamp": seconds,
        "Signature": md5(ZEGO_APP_ID + nonce + secret + seconds),
        "SignatureVersion": "2.0",
    }
    status, text = sim.send(ZEGO, "POST", "/?" + urllib.parse.urlencode(query), JSON, json.dumps(members))
    return status, json.loads(text)


def zego_update(sim, members, secret=ZEGO_SERVER_SECRET, at=None):
    return zego_call(sim, "UpdatePlayer", members, secret, at)


def zego_data(sim, action, members):
    """The data of an accepted call."""
    status, answer = zego_call(sim, action, members)
    check(f"{action} {answer}", (status, answer["Code"]), (200, 0))
    return answer.get("Data")


def wait_for(what, look, expected):
    """Looks until it is as expected: the simulator's clock goes by itself here."""
    deadline = time.monotonic() + PATIENCE
    while look() != expected and time.monotonic() < deadline:
        time.sleep(0.05)
    check(what, look(), expected)


def drive_zego(sim):
    members = {"PlayerId": "player_1", "Sequence": 1, "AudioOptions": {"Volume": 150}}
    status, answer = zego_update(sim, members)
    check("UpdatePlayer", (status, answer["Code"]), (200, 0))
    player = sim.control("GET", "state/player/player_1")
    check("volume", player["AudioOptions"]["Volume"], 150)
    check("UpdatePlayer with another secret", zego_update(sim, members, "0" * 32)[1]["Code"], 100000005)
    check("UpdatePlayer of an hour ago", zego_update(sim, members, at=time.time() - 3600)[1]["Code"], 100000004)
    say("ZEGO: UpdatePlayer accepted; a wrong signature and an old one refused")

    new = {"StreamUrl": "https://h/a.mp4", "RoomId": "drive", "PlayerName": "drive"}
    player_id = zego_data(sim, "CreatePlayer", new)["PlayerId"]
    check("CreatePlayer again", zego_call(sim, "CreatePlayer", new)[1]["Code"], 350006008)
    wait_for("a new player's status", lambda: sim.control("GET", f"state/player/{player_id}")["Status"], 4)
    listed = zego_data(sim, "DescribePlayers", {"RoomId": "drive"})
    check("players", [player["PlayerId"] for player in listed["Players"]], [player_id])
    zego_data(sim, "DeletePlayer", {"PlayerId": player_id})
    listed = zego_data(sim, "DescribePlayers", {"PlayerId": player_id, "Status": 8})
    check("destroyed players", [player["DestroyReason"] for player in listed["Players"]], [1])
    say("ZEGO: CreatePlayer, DescribePlayers and DeletePlayer accepted; a second player of that name refused")

    task = {"UploadTaskId": "upload_waiting"}
    check("CancelUploadTask", zego_data(sim, "CancelUploadTask", task), None)
    check("CancelUploadTask again", zego_call(sim, "CancelUploadTask", task)[1]["Code"], 350006011)
    check("cancelled", zego_data(sim, "DescribeUploadTasks", task)["UploadTasks"][0]["Status"], 6)
    task_id = zego_data(sim, "CreateUploadTask", {"Title": "a.mp4", "StreamUrl": "https://h/a.mp4"})["UploadTaskId"]
    wait_for("a new task's status", lambda: sim.control("GET", f"state/upload/{task_id}")["Status"], 4)
    say("ZEGO: CreateUploadTask, CancelUploadTask and DescribeUploadTasks accepted; a second cancellation refused")


# POLYV: secret, sorted non-empty parameters, secret; upper-case MD5.


def polyv_signed(app_id, secret, parameters):
    signed = {"appId": app_id, "timestamp": str(int(time.time() * 1000)), **parameters}
    middle = "".join(name + value for name, value in sorted(signed.items()) if value)
    signed["sign"] = md5(secret + middle + secret).upper()
    return urllib.parse.urlencode(signed)


def drive_vod(sim):
    fields = {"vid": VOD_VIDEO, "title": "标题 &=+% 📹", "tag": ""}
    path = "/v3/video/update-info"
    status, text = sim.send(VOD, "POST", path, FORM, polyv_signed(VOD_APP_ID, VOD_APP_SECRET, fields))
    check(f"UpdateVideoInfoV3 {text}", (status, json.loads(text)["code"]), (200, 200))
    check("title", sim.control("GET", f"state/video/{VOD_VIDEO}")["title"], fields["title"])
    status, text = sim.send(VOD, "POST", path, FORM, polyv_signed(VOD_APP_ID, "x" * 10, fields))
    check("UpdateVideoInfoV3 with another secret", (status, json.loads(text)["error"]["code"]), (403, 104))
    say("POLYV VOD: UpdateVideoInfoV3 accepted; a wrong signature refused")


def drive_live(sim):
    fields = {"account": LIVE_ACCOUNT, "nickname": "陈老师", "pageTurnEnabled": "Y"}
    path = f"/live/v2/channelAccount/{LIVE_CHANNEL}/update"
    status, text = sim.send(LIVE, "POST", path, FORM, polyv_signed(LIVE_APP_ID, LIVE_APP_SECRET, fields))
    check(f"UpdateChannelAccount {text}", (status, json.loads(text)["data"]), (200, "success"))
    role = sim.control("GET", f"state/role/{LIVE_CHANNEL}/{LIVE_ACCOUNT}")
    check("role", (role["nickname"], role["pageTurnEnabled"]), ("陈老师", "Y"))

    body = json.dumps({"basicSetting": {"name": "直播"}, "authSettings": [{"rank": 1, "enabled": "N"}]})
    path = "/live/v3/channel/basic/update?"
    query = polyv_signed(LIVE_APP_ID, LIVE_APP_SECRET, {"channelId": LIVE_CHANNEL})
    status, text = sim.send(LIVE, "POST", path + query, JSON, body)
    check(f"UpdateChannelBasic {text}", (status, json.loads(text)["status"]), (200, "success"))
    check("name", sim.control("GET", f"state/channel/{LIVE_CHANNEL}")["basicSetting"]["name"], "直播")
    query = polyv_signed(LIVE_APP_ID, "x" * 10, {"channelId": LIVE_CHANNEL})
    status, text = sim.send(LIVE, "POST", path + query, JSON, body)
    check("UpdateChannelBasic with another secret", (status, json.loads(text)["message"]), (400, "invalid signature."))
    say("POLYV Live: UpdateChannelAccount and UpdateChannelBasic accepted; a wrong signature refused")


# anyRTC: Basic authentication, ids in the path, Code and Body around the answer.


def anyrtc(sim, method, path, request=None, customer=ANYRTC_CUSTOMER):
    target = f"/v1/apps/{ANYRTC_APP_ID}/cloud_recording/{path}"
    body = "" if request is None else json.dumps({"cname": "room", "uid": "7", "clientRequest": request})
    headers = {"Authorization": "Basic " + base64.b64encode(customer.encode()).decode()}
    status, text = sim.send(ANYRTC, method, target, "application/json;charset=utf-8", body, headers)
    return status, json.loads(text)


def drive_anyrtc(sim):
    check("Acquire with another customer", anyrtc(sim, "POST", "acquire", {}, "somebody:else")[0], 401)
    status, answer = anyrtc(sim, "POST", "acquire", {})
    check("Acquire", (status, answer["Code"]), (200, 200))
    resource_id = answer["Body"]["resourceId"]
    base = f"resourceid/{resource_id}"
    status, answer = anyrtc(sim, "POST", f"{base}/mode/mix/start", {"recordingConfig": {"channelType": 0}})
    check(f"Start {answer}", status, 200)
    base = f"{base}/sid/{answer['Body']['sid']}/mode/mix"
    lists = {"streamSubscribe": {"audioUidList": {"subscribeAudioUids": ["#allstream#"]}}}
    for name, request in [("update", lists), ("updateLayout", {"mixedVideoLayout": 1})]:
        status, answer = anyrtc(sim, "POST", f"{base}/{name}", request)
        check(f"{name} {answer}", status, 200)
    status, answer = anyrtc(sim, "GET", f"{base}/query")
    check("Query", (status, answer["Body"]["serverResponse"]["status"] in list("012345")), (200, True))
    check("layout", sim.control("GET", "state/recordings")[0]["layout"]["mixedVideoLayout"], 1)
    status, answer = anyrtc(sim, "POST", f"{base}/stop", {})
    check("Stop", (status, answer["Body"]["serverResponse"]["uploadingStatus"]), (200, "uploaded"))
    status, answer = anyrtc(sim, "POST", f"{base}/stop", {})
    check("Stop again", (status, answer["Body"]["code"]), (400, 49))
    say("anyRTC: Acquire, Start, Update, UpdateLayout, Query and Stop accepted; another customer refused")


def drive_faults(sim):
    update = {"PlayerId": "player_1", "Sequence": 10, "SeekTo": 10}
    fault = {"fault": "status", "status": 503, "body": {"why": "busy"}, "operation": "UpdatePlayer"}
    sim.control("POST", "faults", fault)
    check("a scripted 503", zego_update(sim, update), (503, {"why": "busy"}))
    check("nothing happened", sim.control("GET", "state/player/player_1")["SeekTo"], 0)
    sim.control("POST", "faults", {"fault": "drop-after-acting"})
    try:
        zego_update(sim, update)
        raise Mismatch("a dropped connection gave an answer")
    except (http.client.RemoteDisconnected, ConnectionError):
        pass
    check("it happened", sim.control("GET", "state/player/player_1")["SeekTo"], 10)

    sim.control("POST", "clock", {"offset_seconds": 3600})
    check("a clock that is an hour ahead", zego_update(sim, update)[1]["Code"], 100000004)
    sim.control("POST", "clock", {"offset_seconds": 0})
    check("the clock put right", zego_update(sim, update)[1]["Code"], 0)
    say("faults: a 503 before acting, a dropped connection after acting, a clock that is wrong")


def zego_genuine(body):
    texts = sorted(text.encode() for text in [ZEGO_CALLBACK_SECRET, body["Timestamp"], body["Nonce"]])
    return body["Signature"] == hashlib.sha1(b"".join(texts)).hexdigest()


def drive_callbacks(sim):
    receiver = Receiver()
    for vendor in (ZEGO, VOD, LIVE, ANYRTC):
        sim.control("POST", "callback-url", {"url": receiver.url, "vendor": vendor})

    # By itself, because the player pauses.
    _, answer = zego_update(sim, {"PlayerId": "player_1", "Sequence": 20, "IsPause": 1})
    check("pause", answer["Code"], 0)
    method, _, _, raw = receiver.next()
    body = json.loads(raw)
    check("pause callback", (method, body["EventType"], body["Detail"]["Status"]), ("POST", 3, 5))
    check("pause callback genuine", zego_genuine(body), True)

    # On demand.
    fire = {"event": "player_status_changed", "fault": "forged"}
    check("forged", sim.control("POST", "callback", fire)["attempts"], 1)
    check("forged callback genuine", zego_genuine(json.loads(receiver.next()[3])), False)

    delivered = sim.control("POST", "callback", {"event": "uploaded", "fields": {"sid": "s1"}}, ANYRTC)
    check("uploaded", delivered, {"attempts": 1, "status": 200, "accepted": True})
    _, _, headers, raw = receiver.next()
    expected = hmac.new(ANYRTC_CALLBACK_SECRET.encode(), raw, hashlib.sha1).hexdigest()
    check("Ar-Signature", headers["Ar-Signature"], expected)
    body = json.loads(raw)
    details = json.loads(body["payload"]["details"])
    check("uploaded", (body["eventType"], body["payload"]["sid"], details["msgName"]), (31, "s1", "uploaded"))

    sim.control("POST", "callback", {"event": "live_status"}, LIVE)
    method, target, _, _ = receiver.next()
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(target).query))
    check("live_status", (method, query["status"]), ("GET", "live"))
    check("live_status sign", query["sign"], md5(LIVE_APP_SECRET + query["timestamp"]))

    sim.control("POST", "callback", {"event": "pass"}, VOD)
    method, target, _, _ = receiver.next()
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(target).query))
    check("pass", (method, query["type"], query["vid"]), ("GET", "pass", VOD_VIDEO))
    check("pass sign", query["sign"], md5("managepass" + VOD_VIDEO + VOD_SECRET_KEY))

    status, text = sim.send(ZEGO, "POST", "/__sim/callback-url", JSON, '{"url": "http://192.0.2.1/"}')
    check(f"a URL of another machine: {text}", status, 400)
    say("callbacks: four vendors' signatures verified, a forged one detected")


def drive_log(sim):
    log = sim.control("GET", "requests")
    names = {request["operation"] for request in log}
    reads = {"Query", "DescribePlayers", "DescribeUploadTasks"}
    operations = reads | {"UpdatePlayer", "CreatePlayer", "DeletePlayer", "CreateUploadTask", "CancelUploadTask"}
    operations |= {"UpdateVideoInfoV3", "UpdateChannelAccount", "UpdateChannelBasic"}
    operations |= {"Acquire", "Start", "Update", "UpdateLayout", "Stop"}
    check("operations in the log", names, operations)
    check("operations applied", {request["operation"] for request in log if request["applied"]}, operations - reads)
    sim.control("POST", "reset", {})
    check("the log after a reset", sim.control("GET", "requests"), [])
    check("the player after a reset", sim.control("GET", "state/player/player_1")["Sequence"], 0)
    say(f"log: {len(log)} requests over sixteen operations; empty after a reset")


def main():
    sim = Simulator()
    try:
        say("simulator at " + ", ".join(sim.urls.values()))
        for drive in (drive_zego, drive_vod, drive_live, drive_anyrtc, drive_faults, drive_callbacks, drive_log):
            drive(sim)
        check("the simulator's end", sim.stop(), 0)
        say("everything as documented")
    except (Mismatch, KeyError, OSError, ValueError, queue.Empty, http.client.HTTPException) as problem:
        say(f"FAILED: {type(problem).__name__}: {problem}")
        return 1
    finally:
        if sim.process.poll() is None:
            sim.process.kill()
    return 0


if __name__ == "__main__":
    sys.exit(main())
