//! A webinar at POLYV from beginning to end: a channel with a code and a form before it, its guest and assistant, a signed
//! link for one viewer, the callback when the stream begins, the session's statistics, and the channel's end.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;

use livecloud::core::http::HeaderMap;
use livecloud::core::{Clock as _, Pages, SystemClock};
use livecloud::polyv_live::callback::{Details, Inbound, StreamState, Verifier};
use livecloud::polyv_live::links::{DirectAuth, DirectLink, Viewer};
use livecloud::polyv_live::{
    Account, AddChannelAccount, AuthSetting, BasicSetting, Client, CreateChannel, CreateRoleAccount, DeleteChannel,
    GetChannel, GetSessionStats, GetUserInfo, InfoField, InfoType, ListChannelAccounts, ListChannelSessions,
    NewChannel, Rank, Role, Scene, Template, UpdateCallbackSetting, UpdateChannelBasic,
};
use livecloud_sim::{Simulator, Vendor, demo};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sim = Simulator::start().await?;
    // Against the real vendor: Client::new(Account::from_env()?)?
    let account = Account::new(demo::POLYV_LIVE_APP_ID, demo::POLYV_LIVE_APP_SECRET);
    let client = Client::builder(account.clone()).base_url(sim.base_url(Vendor::PolyvLive)).build()?;

    // Some older operations want the account's user id: it is asked for once, and kept with the credentials.
    let user_id = client.call(GetUserInfo::new()).await?.user_id.ok_or("the account has no user id")?;
    let client = Client::builder(account.user_id(user_id)).base_url(sim.base_url(Vendor::PolyvLive)).build()?;

    // The channel. A lost answer is reported, not repeated: there might be two channels then.
    let new = NewChannel::new("公开课", Scene::TopClass, Template::Ppt);
    let channel = client.call(CreateChannel::new(new)).await?.channel_id.ok_or("the channel has no number")?;
    println!("channel {channel} is there");

    // Who may watch: whoever knows the code, and has filled in the form.
    let form = [InfoField::new(InfoType::Name).name("姓名"), InfoField::new(InfoType::Mobile).name("手机").sms(true)];
    let setup = UpdateChannelBasic::new(&channel)
        .basic_setting(BasicSetting::new().publisher("陈老师").start_time(1_800_000_000_000).splash_enabled(true))
        .auth(AuthSetting::code(Rank::Primary, "letmein").qcode_tips("ask in our group"))
        .auth(AuthSetting::info(Rank::Secondary, form).info_auth_tips("welcome"));
    client.call(setup).await?;

    // Those who help. Their numbers are texts: leading zeros count.
    client.call(CreateRoleAccount::new(&channel, Role::Guest).nick_name("王教授").actor("嘉宾")).await?;
    client.call(AddChannelAccount::new(&channel).role(Role::Assistant).nickname("小李")).await?;
    for helper in client.call(ListChannelAccounts::new(&channel)).await?.0 {
        println!("{:?} {:?} has the number {:?}", helper.role, helper.nickname, helper.account);
    }

    // A partner's customers need no form: each comes by a link that the partner's server signs, good once and for 3 minutes.
    let key = "partner-key";
    client.call(UpdateChannelBasic::new(&channel).auth(AuthSetting::direct(Rank::Secondary, key))).await?;
    let page = client.call(GetChannel::new(&channel)).await?.watch_url.ok_or("the channel has no page")?;
    let link = DirectLink::new(page, Viewer::new("customer_7", "张三"));
    // Debug leaves out what is signed: whoever has the whole link may watch.
    println!("the link: {:?}", DirectAuth::new(key).link(&link, SystemClock.now())?);

    // Where the stream's beginning and end are told.
    let receiver = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}/streams/a-secret-path", receiver.local_addr()?);
    client.call(UpdateCallbackSetting::new(&channel).stream_callback_url(address.as_str())).await?;
    sim.set_callback_url(Vendor::PolyvLive, &address)?;

    // Someone streams for a moment.
    let told = tokio::task::spawn_blocking(move || -> std::io::Result<[String; 2]> {
        Ok([receive(&receiver)?, receive(&receiver)?])
    });
    sim.set_live(&channel, true);
    sim.set_live(&channel, false);
    let verifier = Verifier::new(demo::POLYV_LIVE_APP_SECRET);
    for uri in told.await?? {
        let inbound = Inbound { uri: &uri, headers: &HeaderMap::new(), body: b"" };
        let event = verifier.verify(inbound, SystemClock.now())?.event()?;
        // Whatever is sent twice happens once: keep this key.
        let _ = event.dedup_key();
        if let Details::LiveStatus(change) = event.details() {
            let what = if change.status == Some(StreamState::Live) { "begins" } else { "ends" };
            println!("session {:?} {what}", change.session_id);
        }
    }

    // How it went.
    let mut sessions = Pages::new(&client, ListChannelSessions::new(&channel)).items();
    while let Some(session) = sessions.next().await? {
        let id = session.session_id.ok_or("a session without an id")?;
        let stats = client.call(GetSessionStats::new(&channel).session_ids([id])).await?;
        for session in stats.list {
            println!("session {:?}: {:?} viewers, {:?} views", session.session_id, session.live_uv, session.live_pv);
        }
    }

    client.call(DeleteChannel::new(&channel)).await?;
    let gone = client.call(GetChannel::new(&channel)).await.expect_err("it was deleted");
    println!("{gone}");
    Ok(())
}

/// One request to a callback's address, answered with 200: its path and query.
fn receive(receiver: &TcpListener) -> std::io::Result<String> {
    let (mut socket, _) = receiver.accept()?;
    let mut lines = BufReader::new(socket.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    socket.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")?;
    Ok(first.split(' ').nth(1).unwrap_or_default().to_owned())
}
