//! Sets up a POLYV channel: name and opening time, a code as the first watch condition and a form as the second; gives
//! an assistant a new name; then what the checks say to a wrong combination.

use livecloud::core::wire::YesNo;
use livecloud::polyv_live::{
    Account, AuthSetting, BasicSetting, Client, InfoField, InfoType, Rank, UpdateChannelAccount, UpdateChannelBasic,
};
use livecloud_sim::{Simulator, Vendor, demo};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sim = Simulator::start().await?;
    // Against the real vendor: Client::new(Account::from_env()?)?
    let account = Account::new(demo::POLYV_LIVE_APP_ID, demo::POLYV_LIVE_APP_SECRET);
    let client = Client::builder(account).base_url(sim.base_url(Vendor::PolyvLive)).build()?;

    let setup = UpdateChannelBasic::new(demo::POLYV_LIVE_BASIC_CHANNEL)
        .basic_setting(BasicSetting::new().name("公开课").start_time(1_800_000_000_000).close_danmu(YesNo::No))
        .auth(AuthSetting::code(Rank::Primary, "letmein").qcode_tips("ask in our group"))
        .auth(AuthSetting::info(
            Rank::Secondary,
            [
                InfoField::new(InfoType::Name).name("姓名"),
                InfoField::new(InfoType::Mobile).name("手机").sms(YesNo::Yes),
            ],
        ));
    // Debug never shows the code.
    println!("{setup:?}");
    client.call(&setup).await?;

    // A role's number is text: its leading zeros count.
    let role = UpdateChannelAccount::new(demo::POLYV_LIVE_CHANNEL, demo::POLYV_LIVE_ACCOUNT).nickname("陈老师");
    client.call(role).await?;
    let role = sim.role(demo::POLYV_LIVE_CHANNEL, demo::POLYV_LIVE_ACCOUNT).unwrap_or_default();
    println!("the assistant is now: {role}");

    // The flat form, as it might come from JSON: a condition that lacks what its type needs.
    let mut wrong = AuthSetting::from(AuthSetting::pay(Rank::Primary, 9.5));
    wrong.price = None;
    let error = client.call(UpdateChannelBasic::new("2191569").auth(wrong)).await.expect_err("pay needs a price");
    println!("{error}");
    Ok(())
}
