//! A library at POLYV VOD: its videos page by page, one renamed, put into a category of its own, and deleted; and what the
//! callback about the deletion proves.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;

use livecloud::core::http::HeaderMap;
use livecloud::core::{Clock as _, Pages, SystemClock};
use livecloud::polyv_vod::callback::{Details, Inbound, Verifier};
use livecloud::polyv_vod::{
    Account, AddCategoryV3, Client, CreationOrder, DeleteVideoV3, GetVideoInfoV3, ListVideosV3, UpdateVideoCategoryV3,
    UpdateVideoInfoV3, VideoStatus,
};
use livecloud_sim::{Simulator, Vendor, demo};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sim = Simulator::start().await?;
    // Against the real vendor: Client::new(Account::from_env()?)?
    let account = Account::sub(demo::POLYV_VOD_APP_ID, demo::POLYV_VOD_APP_SECRET);
    let client = Client::builder(account).base_url(sim.base_url(Vendor::PolyvVod)).build()?;

    // Newest first, three a page; the next page is asked for when the videos of one are used up. Those that are still
    // uploading cannot be changed.
    let list = ListVideosV3::new().status(VideoStatus::Published).sort(CreationOrder::Desc).page_size(3);
    let mut videos = Pages::new(&client, list).items();
    let mut newest = None;
    while let Some(video) = videos.next().await? {
        let vid = video.vid.ok_or("a video without an id")?;
        let info = video.basic_info.unwrap_or_default();
        println!("{vid} {:?}", info.title.unwrap_or_default());
        newest.get_or_insert(vid);
    }
    let vid = newest.ok_or("the library is empty")?;

    // Only what is given changes; no field can be made empty.
    client.call(UpdateVideoInfoV3::new(&vid).title("第一课 📹 a & b = c").tag("math,2026")).await?;
    println!("renamed {vid}");

    // A lost answer to this one is reported, not repeated: there might be two categories then.
    let category = client.call(AddCategoryV3::new("数学")).await?.0;
    client.call(UpdateVideoCategoryV3::new([vid.as_str()]).cate_id(&category)).await?;
    for video in client.call(GetVideoInfoV3::new([vid.as_str()])).await?.0 {
        let info = video.basic_info.unwrap_or_default();
        println!("it is {:?} in category {:?} now", info.title.unwrap_or_default(), info.cate_id.unwrap_or_default());
    }

    // Where the vendor tells what happens: https and a secret part in the address, in earnest.
    let receiver = TcpListener::bind("127.0.0.1:0")?;
    sim.set_callback_url(Vendor::PolyvVod, &format!("http://{}/events/a-secret-path", receiver.local_addr()?))?;
    let told = tokio::task::spawn_blocking(move || receive(&receiver));
    client.call(DeleteVideoV3::new(&vid)).await?;

    let (uri, body) = told.await??;
    let inbound = Inbound { uri: &uri, headers: &HeaderMap::new(), body: &body };
    let event = Verifier::new(demo::POLYV_VOD_SECRET_KEY).verify(inbound, SystemClock.now())?.event()?;
    if let Details::Deleted(deleted) = event.details() {
        println!("told that {:?} was deleted: {:?}", deleted.vids.unwrap_or_default().0, deleted.delete_type);
    }
    // Of this event nothing but its name is signed, so whoever has seen one can send others: ask the vendor.
    println!("of its fields these are signed: {:?}", event.kind.signed_fields());
    let left = client.call(GetVideoInfoV3::new([vid.as_str()])).await?.0;
    println!("{} such videos left", left.len());
    Ok(())
}

/// One request to a callback's address, answered with 200: its path and query, and its body.
fn receive(receiver: &TcpListener) -> std::io::Result<(String, Vec<u8>)> {
    let (mut socket, _) = receiver.accept()?;
    let mut reader = BufReader::new(socket.try_clone()?);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        match line.trim_end().split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.parse().unwrap_or(0),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    socket.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")?;
    Ok((first.split(' ').nth(1).unwrap_or_default().to_owned(), body))
}
