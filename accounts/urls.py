"""Addresses of people: signing in and out, the demonstration's doors, the language, one's own page, people."""

from django.urls import path

from accounts import factor_views, people_views, session_views, views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-in/code/", factor_views.SignInCode.as_view(), name="mfa_authenticate"),
    path("sign-out/", views.SignOut.as_view(), name="account_logout"),
    path("demo/enter/", views.DemoDoor.as_view(), name="demo_login"),
    path("language/", views.Language.as_view(), name="language"),
    path("me/", views.Me.as_view(), name="me"),
    path("me/password/", views.Password.as_view(), name="password"),
    path("me/sessions/", session_views.OtherSessions.as_view(), name="other_sessions"),
    path("me/sessions/<slug:mark>/", session_views.OneSession.as_view(), name="session_end"),
    path("me/again/", factor_views.PasswordAgain.as_view(), name="account_reauthenticate"),
    path("me/again/code/", factor_views.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("me/second-factor/", factor_views.SetUp.as_view(), name="mfa_activate_totp"),
    path("me/second-factor/off/", factor_views.TurnOff.as_view(), name="mfa_deactivate_totp"),
    path("me/recovery-codes/", factor_views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("me/recovery-codes/new/", factor_views.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("people/", people_views.PeopleList.as_view(), name="user_list"),
    path("people/new/", people_views.PersonEntry.as_view(), name="user_new"),
    path("people/<int:number>/", people_views.PersonEntry.as_view(), name="user_edit"),
    path("people/<int:number>/factor/", people_views.PersonFactor.as_view(), name="user_factor"),
    path("people/<int:number>/erase/", people_views.PersonErase.as_view(), name="user_erase"),
]
