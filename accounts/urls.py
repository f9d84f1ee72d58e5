"""Addresses of people: signing in and out, the demonstration's doors, the language, one's own page, people."""

from django.urls import path

from accounts import people_views, views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-out/", views.SignOut.as_view(), name="account_logout"),
    path("demo/enter/", views.DemoDoor.as_view(), name="demo_login"),
    path("language/", views.Language.as_view(), name="language"),
    path("me/", views.Me.as_view(), name="me"),
    path("me/password/", views.Password.as_view(), name="password"),
    path("me/sessions/", views.OtherSessions.as_view(), name="other_sessions"),
    path("people/", people_views.PeopleList.as_view(), name="user_list"),
    path("people/new/", people_views.PersonEntry.as_view(), name="user_new"),
    path("people/<int:number>/", people_views.PersonEntry.as_view(), name="user_edit"),
    path("people/<int:number>/erase/", people_views.PersonErase.as_view(), name="user_erase"),
]
